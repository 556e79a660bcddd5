// One coder's side: what she marked in the text, and what she said of it.

export function drawSide(side, item, key, number) {
  const states = { coded: "coded", read: "read, not coded", unread: "did not read this" };
  const name = h("h4", {}, side.coder, " ", h("span", { class: "tw-hint" }, states[side.state]));
  const runs = side.runs.map((run) => {
    const classes = [run.marked && "tq-marked", run.differs && "tq-differs"].filter(Boolean).join(" ");
    return h(run.marked ? "mark" : "span", { class: classes || undefined }, run.text);
  });
  const cut = item.cut || [false, false];
  const text = h(
    "div",
    { class: "tq-text", lang: item.language, tabindex: "0", role: "group", "aria-label": `Text as ${side.coder} coded it`, "data-key": key, "data-side": number },
    cut[0] && h("span", { class: "tq-cut", "aria-hidden": "true" }, "… "),
    h("span", { class: "tq-runs" }, runs),
    cut[1] && h("span", { class: "tq-cut", "aria-hidden": "true" }, " …"),
  );
  const said = side.said.map((one) => h("li", {}, [
    one.place && `${one.place}`,
    one.stance,
    one.value && `value ${one.value}`,
    one.confidence && `confidence ${one.confidence}`,
    one.memo && `“${one.memo}”`,
  ].filter(Boolean).join(", ") || "of the whole source"));
  return h("section", { class: "tq-side", "aria-label": `What ${side.coder} said` },
    name,
    item.whole ? h("p", { class: "tw-hint" }, "This is about the whole source.") : text,
    h("ul", { class: "tq-said" }, said),
  );
}

// The words that are selected in one side, as code points of the source; null where none are.
export function selectedPlace(root, window_) {
  const view = root.ownerDocument.getSelection();
  if (!view || view.isCollapsed || !view.rangeCount || !window_) return null;
  const range = view.getRangeAt(0);
  const holder = [...root.querySelectorAll(".tq-runs")].find((runs) => runs.contains(range.startContainer) && runs.contains(range.endContainer));
  if (!holder) return null;
  const unitOf = (node, offset) => {
    const before = root.ownerDocument.createRange();
    before.selectNodeContents(holder);
    before.setEnd(node, offset);
    return before.toString().length;
  };
  const text = holder.textContent;
  const [first, last] = snap(text, ...trim(text, unitOf(range.startContainer, range.startOffset), unitOf(range.endContainer, range.endOffset)));
  if (first >= last) return null;
  const map = new PointMap(text);
  return { start: window_[0] + map.toPoint(first), end: window_[0] + map.toPoint(last), text: text.slice(first, last) };
}
