// A click on a cell shows its passages beside the table. Without this script the same links lead
// to the evidence appendix. Nothing here comes from a source, and nothing is parsed as markup.
(() => {
  const panel = document.getElementById("panel");
  const heading = document.getElementById("panel-heading");
  const body = document.getElementById("panel-body");
  const all = document.getElementById("panel-all");
  let opener = null;

  const target = (link) => document.getElementById(link.getAttribute("href").slice(1));

  function copy(node) {
    const twin = node.cloneNode(true);
    twin.removeAttribute("id");
    twin.querySelectorAll("[id]").forEach((inner) => inner.removeAttribute("id"));
    return twin;
  }

  function show(link) {
    const entry = target(link);
    if (!entry) return false;
    body.replaceChildren();
    let source = null;
    const seen = new Set();
    for (const number of entry.querySelectorAll("a.passage-number")) {
      const passage = target(number)?.closest(".passage");
      if (!passage || seen.has(passage)) continue;
      seen.add(passage);
      const section = passage.closest(".source");
      if (section !== source) {
        source = section;
        const title = document.createElement("h3");
        title.append(...[...section.querySelector("h3").childNodes].map((n) => n.cloneNode(true)));
        body.append(title);
      }
      body.append(copy(passage));
    }
    heading.textContent = entry.dataset.name;
    all.href = link.getAttribute("href");
    panel.hidden = false;
    panel.scrollTop = 0;
    opener = link;
    heading.focus({ preventScroll: true });
    // On a small screen the panel lies over the lower part of the page.
    if (link.getBoundingClientRect().bottom > panel.getBoundingClientRect().top && innerWidth < 960) {
      link.scrollIntoView({ block: "start" });
    }
    return true;
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    if (opener) opener.focus();
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a");
    if (!link) return;
    if (link.classList.contains("cell")) {
      if (show(link)) event.preventDefault();
    } else if (panel.contains(link)) {
      panel.hidden = true;
    }
  });
  document.getElementById("panel-close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
})();
