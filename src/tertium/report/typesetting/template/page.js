// A click on a cell shows its passages at the foot of the page, and the address becomes the cell's
// own, so that it can be cited; opened at that address, the page shows them again. Without this
// script the same links lead to the evidence appendix. Nothing here comes from a source, and
// nothing is parsed as markup.
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

  // The entry of a cell in the appendix names its passages; a single number is its own.
  function passagesOf(link) {
    const entry = target(link);
    if (!entry) return [];
    const numbers = entry.querySelectorAll("a.passage-number");
    const found = numbers.length ? [...numbers].map(target) : [entry];
    return [...new Set(found.map((each) => each?.closest(".passage")).filter(Boolean))];
  }

  function choose(link) {
    if (opener) opener.classList.remove("chosen");
    opener = link;
    if (opener) opener.classList.add("chosen");
  }

  function show(link) {
    const passages = passagesOf(link);
    if (!passages.length) return false;
    body.replaceChildren();
    let source = null;
    for (const passage of passages) {
      const section = passage.closest(".source");
      if (section !== source) {
        source = section;
        const title = document.createElement("h3");
        title.append(...[...section.querySelector("h3").childNodes].map((n) => n.cloneNode(true)));
        body.append(title);
      }
      body.append(copy(passage));
    }
    heading.textContent = target(link).dataset.name ?? link.dataset.name;
    all.href = link.getAttribute("href");
    panel.hidden = false;
    document.body.classList.add("has-panel");
    panel.scrollTop = 0;
    choose(link);
    heading.focus({ preventScroll: true });
    // The cell stays in sight above the sheet.
    const cell = link.getBoundingClientRect();
    if (cell.bottom > panel.getBoundingClientRect().top || cell.top < 0) {
      scrollBy(0, cell.bottom - panel.getBoundingClientRect().top + 24);
    }
    return true;
  }

  function hide() {
    panel.hidden = true;
    document.body.classList.remove("has-panel");
  }

  function close() {
    if (panel.hidden) return;
    hide();
    if (opener) opener.focus({ preventScroll: true });
  }

  function address(link) {
    const named = link.id ? link : link.closest("th, td")?.querySelector("a.cell[id]");
    if (named) history.replaceState(null, "", `#${named.id}`);
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a");
    if (!link) return;
    if (link.classList.contains("cell")) {
      if (!show(link)) return;
      event.preventDefault();
      address(link);
    } else if (panel.contains(link)) {
      hide();
    }
  });
  document.getElementById("panel-close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  const cited = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (cited?.classList.contains("cell")) show(cited);
})();
