// What is picked: a new selection, a coding or a suggestion, with all that can be said of it.

const CONFIDENCES = [
  ["", "not stated"],
  ["0.25", "0.25, a guess"],
  ["0.5", "0.5, possible"],
  ["0.75", "0.75, likely"],
  ["1", "1, certain"],
];

export class Details {
  constructor(bench) {
    this.bench = bench;
    this.upper = h("div", {});
    this.lower = h("div", {});
    this.memo = this.memoField();
    this.memoRow = field("Memo", this.memo);
    this.element = h(
      "section",
      { class: "tw-details", "aria-label": "What is picked" },
      this.upper,
      this.memoRow,
      this.lower,
    );
  }

  // The memo's field is never drawn anew: letters are typed into it while answers come in.
  draw() {
    const { draft } = this.bench;
    const has_memo = Boolean(draft && !draft.suggestion);
    this.isDrawing = true;
    if (has_memo && this.memo.value !== (draft.memo || "")) this.memo.value = draft.memo || "";
    const had_focus = this.memo.getRootNode().activeElement === this.memo;
    this.memoRow.hidden = !has_memo;
    if (had_focus && !has_memo) this.bench.focusText();
    if (!draft) this.put(this.drawList(), []);
    else if (draft.suggestion) this.put(this.drawSuggestion(draft), []);
    else this.put(this.drawCoding(draft), this.drawButtons(draft));
    this.isDrawing = false;
  }

  put(upper, lower) {
    redraw(this.upper, upper);
    redraw(this.lower, lower);
  }

  quote(draft) {
    return h(
      "blockquote",
      { class: "tw-quote", dir: "auto" },
      shortened(this.bench.view.text.slice(draft.start, draft.end), 160),
    );
  }

  drawList() {
    const { bench } = this;
    const marks = bench.marksInPassage();
    const items = marks.map((mark) =>
      h(
        "li",
        {},
        h(
          "button",
          {
            class: "tw-item",
            "data-key": `item-${mark.id}`,
            onmousedown: keepSelection,
            "aria-label": `${mark.label}: “${shortened(bench.view.text.slice(mark.start, mark.end), 80)}”`,
            onclick: () => bench.pick(mark),
          },
          h(
            "span",
            { class: "tw-swatch", style: swatchStyle(mark.index), "aria-hidden": "true" },
            mark.badge,
          ),
          h(
            "span",
            { class: "tw-item-text", dir: "auto" },
            shortened(bench.view.text.slice(mark.start, mark.end), 44),
          ),
        ),
      ),
    );
    return [
      h("h4", {}, "In this passage"),
      marks.length
        ? h("ul", { class: "tw-items" }, items)
        : h(
            "p",
            { class: "tw-hint" },
            "Nothing is coded here yet. Select words with the mouse or the arrow keys, then click a code or press its number.",
          ),
    ];
  }

  drawCoding(draft) {
    const { bench } = this;
    const coding = draft.coding ? bench.codingOf(draft.coding) : null;
    const title = coding ? bench.labelOf(coding) : "New: choose a code, or press its number";
    const confidence =
      draft.confidence === null || draft.confidence === undefined ? "" : String(draft.confidence);
    const levels = CONFIDENCES.some(([value]) => value === confidence)
      ? CONFIDENCES
      : [...CONFIDENCES, [confidence, confidence]];
    const code = coding ? bench.codeOf(coding) : null;
    const set = (name) => (value) => bench.describe({ [name]: value });
    const codeNames = code ? bench.codes.map((one) => [one.key, one.label]) : [];
    return [
      h("h4", {}, title),
      this.quote(draft),
      draft.dirty && this.drawMoved(),
      h(
        "div",
        { class: "tw-form" },
        code &&
          field(
            "Code",
            choice("code", "Code", code.key, codeNames, (value) => bench.recode(value)),
          ),
        code &&
          code.tactics.length > 0 &&
          field(
            "Tactic",
            choice(
              "value",
              "Tactic",
              draft.value || "",
              [["", "none named"], ...code.tactics.map((one) => [one.id, one.label])],
              set("value"),
            ),
          ),
        field(
          "Stance",
          choice(
            "stance",
            "Stance of the text",
            draft.stance,
            bench.setup.stances.map((one) => [one, one]),
            set("stance"),
            "What the text says of it (key t: the next)",
          ),
        ),
        field(
          "Confidence",
          choice(
            "confidence",
            "Confidence",
            confidence,
            levels,
            (value) => bench.describe({ confidence: value ? Number(value) : null }),
            "How sure you are (key f: the next)",
          ),
        ),
      ),
    ];
  }

  drawButtons(draft) {
    const { bench } = this;
    const coding = draft.coding ? bench.codingOf(draft.coding) : null;
    return [
      coding &&
        h(
          "div",
          { class: "tw-buttons" },
          h(
            "button",
            {
              "data-key": "delete",
              onmousedown: keepSelection,
              onclick: () => bench.command("delete"),
              title: "Delete this coding (key Delete)",
            },
            "Delete",
          ),
          h(
            "button",
            {
              "data-key": "close",
              onmousedown: keepSelection,
              onclick: () => bench.command("escape"),
              title: "Back to the list (Escape)",
            },
            "Done",
          ),
          h("span", { class: "tw-hint" }, remarks(coding)),
        ),
    ];
  }

  memoField() {
    return h(
      "textarea",
      {
        "data-key": "memo",
        rows: 2,
        "aria-label": "Memo",
        placeholder: "Why? (key m)",
        oninput: (event) => {
          const { draft } = this.bench;
          if (draft) Object.assign(draft, { memo: event.target.value, typed: true });
        },
        onchange: () => {
          if (!this.isDrawing) this.bench.saveMemo();
        },
      },
    );
  }

  drawMoved() {
    const { bench } = this;
    return h(
      "div",
      { class: "tw-buttons tw-moved" },
      h("span", {}, "The ends were moved."),
      h(
        "button",
        {
          class: "tw-main",
          "data-key": "keep",
          onmousedown: keepSelection,
          onclick: () => bench.command("enter"),
        },
        "Keep (Enter)",
      ),
      h(
        "button",
        { "data-key": "drop", onmousedown: keepSelection, onclick: () => bench.command("escape") },
        "Drop (Esc)",
      ),
    );
  }

  drawSuggestion(draft) {
    const { bench } = this;
    const one = bench.suggestionOf(draft.suggestion);
    if (!one) return [];
    const act = (name, text, title, main) =>
      h(
        "button",
        {
          class: main ? "tw-main" : null,
          "data-key": name,
          title,
          onmousedown: keepSelection,
          onclick: () => bench.command(name),
        },
        text,
      );
    return [
      h("h4", {}, `Suggestion of ${one.coder}: ${bench.labelOf(one)}`),
      this.quote(draft),
      one.memo && h("p", { class: "tw-hint" }, `Because of: ${one.memo}`),
      one.stance !== "asserted" && h("p", { class: "tw-hint" }, `Stance: ${one.stance}`),
      draft.correcting &&
        h(
          "p",
          { class: "tw-hint" },
          "Correcting: move the ends with Shift and the arrows (e: the other end) and press Enter, or choose another code.",
        ),
      h(
        "div",
        { class: "tw-buttons" },
        draft.correcting
          ? act("enter", "Keep as corrected (Enter)", "Keep with the ends as they are now", true)
          : act("accept", "Accept (a)", "Take it over as your coding", true),
        !draft.correcting &&
          act("correct", "Correct (c)", "Change its ends or its code, then take it over"),
        act("reject", "Reject (x)", "Turn it down"),
        act("escape", "Leave (Esc)", "Decide later"),
      ),
    ];
  }
}

function remarks(coding) {
  const said = [];
  if (coding.suggestion) said.push("from a suggestion");
  if (coding.blind === true) said.push("coded blind");
  if (coding.blind === false) said.push("not blind");
  if (coding.is_older) said.push(`made with version ${coding.scheme_version}`);
  return said.join(" · ");
}

function field(label, control) {
  return h("label", { class: "tw-field" }, h("span", {}, label), control);
}
