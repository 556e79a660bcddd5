// Elements of the page. Texts become text nodes, never markup: what a source holds is shown, not run.

export function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(
    ...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

export function choice(key, label, value, options, onchange, title) {
  const select = h(
    "select",
    {
      "data-key": key,
      "aria-label": label,
      title,
      onchange: (event) => onchange(event.target.value),
    },
    options.map(([name, shown]) => h("option", { value: name, selected: name === value }, shown)),
  );
  select.value = value;
  return select;
}

// A part is drawn anew without losing the focus, the caret or the scroll position.
export function redraw(container, ...children) {
  const active = container.getRootNode().activeElement;
  const key = active && container.contains(active) ? active.getAttribute("data-key") : null;
  const caret =
    key && active.selectionStart !== undefined
      ? [active.selectionStart, active.selectionEnd]
      : null;
  const scroll = container.scrollTop;
  container.replaceChildren(...children.flat(3).filter(Boolean));
  container.scrollTop = scroll;
  if (!key) return;
  const again = container.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!again || again.disabled) {
    // The focus must stay in here: outside, the next key would be the notebook's.
    container.closest(".tw").querySelector(".tw-text, .tq-body").focus({ preventScroll: true });
    return;
  }
  again.focus({ preventScroll: true });
  if (caret && again.tagName === "TEXTAREA") again.setSelectionRange(...caret);
}

export function shortened(text, most) {
  const flat = text.replace(/\s+/g, " ").trim();
  const points = Array.from(flat);
  if (points.length <= most) return flat;
  const half = Math.floor((most - 3) / 2);
  return `${points.slice(0, half).join("")} … ${points.slice(-half).join("")}`;
}
