// What each key does while the text (or a button) has the focus; in a field keys write.

export const KEYS = [
  [
    "Select",
    [
      [["→", "←"], "the next or previous word"],
      [["↓", "↑"], "the next or previous sentence"],
      [["Shift + arrow"], "move the end of the selection by a word or a sentence"],
      [["Ctrl + Shift + → ←"], "move it by a character"],
      [["e"], "move the other end from now on"],
      [["n", "p"], "the next or previous coding or suggestion"],
    ],
  ],
  [
    "Code",
    [
      [["1 … 9"], "apply this code"],
      [["/"], "find a code by name; Enter applies the one that is marked"],
      [["k"], "give the numbers to the next scheme"],
      [["t", "f", "m"], "stance, confidence, memo"],
      [["Enter", "Esc"], "keep moved ends; drop them, or let go"],
      [["Delete"], "delete the coding"],
      [["u", "U"], "undo, redo (also Ctrl + Z, Ctrl + Y)"],
    ],
  ],
  [
    "Suggestions",
    [
      [["a", "c", "x"], "accept, correct, reject"],
      [["s"], "show or hide them"],
    ],
  ],
  [
    "Move on",
    [
      [["Page ↓ ↑"], "the next or previous passage"],
      [["]", "["], "the next or previous source"],
      [["r"], "I have read the source entirely"],
      [["l"], "load again what others wrote meanwhile"],
      [["?"], "this list"],
    ],
  ],
];

const PLAIN = {
  e: "otherEnd",
  n: "nextMark",
  p: "previousMark",
  "/": "search",
  k: "nextScheme",
  t: "stance",
  f: "confidence",
  m: "memo",
  Enter: "enter",
  Escape: "escape",
  Delete: "delete",
  Backspace: "delete",
  u: "undo",
  U: "redo",
  a: "accept",
  c: "correct",
  x: "reject",
  s: "suggestions",
  PageDown: "nextPassage",
  PageUp: "previousPassage",
  "]": "nextSource",
  "[": "previousSource",
  r: "read",
  l: "load",
  "?": "help",
};
const ARROWS = {
  ArrowRight: ["word", 1],
  ArrowLeft: ["word", -1],
  ArrowDown: ["sentence", 1],
  ArrowUp: ["sentence", -1],
};

// [command, argument…] for a key press; null where the press is not ours.
export function commandOf(event) {
  const is_chord = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 && is_chord ? event.key.toLowerCase() : event.key;
  if (is_chord && key === "z") return [event.shiftKey ? "redo" : "undo"];
  if (is_chord && key === "y") return ["redo"];
  if (ARROWS[key]) {
    const [unit, direction] = ARROWS[key];
    if (is_chord && event.shiftKey && unit === "word") return ["extend", "grapheme", direction];
    if (is_chord || event.altKey) return null;
    return [event.shiftKey ? "extend" : "step", unit, direction];
  }
  if (is_chord || event.altKey) return null;
  if (/^[1-9]$/.test(key)) return ["number", Number(key)];
  return PLAIN[key] ? [PLAIN[key]] : null;
}

export function drawHelp(close) {
  const groups = KEYS.map(([title, rows]) =>
    h(
      "div",
      {},
      h("h4", {}, title),
      h(
        "dl",
        { class: "tw-help-list" },
        rows.map(([keys, meaning]) => [
          h(
            "dt",
            {},
            keys.map((key) => h("kbd", {}, key)),
          ),
          h("dd", {}, meaning),
        ]),
      ),
    ),
  );
  return h(
    "div",
    { class: "tw-help", role: "region", "aria-label": "Keys" },
    groups,
    h("button", { class: "tw-small", onclick: close, "data-key": "help-close" }, "Close (?)"),
  );
}
