// The codebook beside the text: codes to apply, found by name, with their definition, and what is
// held of the source as a whole.

const VERDICTS = [
  ["present", "✓", "present in the source as a whole"],
  ["absent", "✕", "searched in the whole source, not found"],
  ["undecided", "?", "cannot be decided for the source as a whole"],
];

export class Codebook {
  constructor(bench) {
    this.bench = bench;
    this.wanted = "";
    this.at = { row: 0, column: 0 };
    this.told = null;
    this.search = h("input", {
      type: "search",
      class: "tw-search",
      placeholder: "Find a code (key /)",
      "aria-label": "Find a code by its name or definition",
      "data-key": "search",
      oninput: () => this.filter(this.search.value),
      onkeydown: (event) => this.searchKey(event),
    });
    this.list = h("div", {
      class: "tw-codes",
      role: "grid",
      "aria-label": "Codes",
      onkeydown: (event) => this.gridKey(event),
    });
    this.card = h("div", {
      class: "tw-card",
      role: "note",
      "aria-label": "Definition",
      tabindex: "0",
      id: `${bench.id}-card`,
      "aria-live": "off",
    });
    this.element = h(
      "section",
      { class: "tw-codebook", "aria-label": "Codebook" },
      this.search,
      this.list,
    );
  }

  filter(words) {
    this.wanted = words.trim().toLocaleLowerCase();
    this.at = { row: 0, column: 0 };
    this.draw();
    const [first] = this.rows;
    if (first && words) this.tell(first);
    const found = `${this.rows.length} ${this.rows.length === 1 ? "code" : "codes"} found`;
    this.bench.say(this.taken ? `${found}; Enter applies ${this.taken.label}` : found);
  }

  // How well a code fits what is looked for, the best first; -1: not at all.
  rankOf(code) {
    const has = (told) => told.toLocaleLowerCase().includes(this.wanted);
    const label = code.label.toLocaleLowerCase();
    const ways = [
      label.startsWith(this.wanted),
      label.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(this.wanted)),
      has(code.label),
      has(code.id),
      code.tactics.some((one) => has(one.label)),
      has(code.definition),
      has(code.scheme),
    ];
    return ways.indexOf(true);
  }

  // The code that Enter applies: none before something is written.
  get taken() {
    return this.wanted ? this.rows[0] : undefined;
  }

  searchKey(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      const first = this.taken;
      if (!first) {
        this.bench.say("Write part of a code's name first; Enter applies the one that is marked.");
        return;
      }
      this.clear();
      this.bench.applyCode(first);
      this.bench.focusText();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.clear();
      this.bench.focusText();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      this.go(0, 0);
    }
  }

  clear() {
    this.search.value = "";
    this.filter("");
  }

  get rows() {
    const { codes } = this.bench;
    if (!this.wanted) return codes;
    const ranks = new Map(codes.map((code) => [code, this.rankOf(code)]));
    const found = codes.filter((code) => ranks.get(code) >= 0);
    return found.sort((one, other) => ranks.get(one) - ranks.get(other));
  }

  // One stop of the Tab key; the arrows walk over codes and their verdicts.
  gridKey(event) {
    const steps = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
    if (event.key === "Home") this.go(0, 0);
    else if (event.key === "End") this.go(this.rows.length - 1, 0);
    else if (event.key === "Escape") this.bench.focusText();
    else if (steps[event.key]) {
      const [down, right] = steps[event.key];
      if (this.at.row + down < 0) this.search.focus();
      else this.go(this.at.row + down, this.at.column + right);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  go(row, column) {
    this.at = {
      row: Math.max(0, Math.min(row, this.rows.length - 1)),
      column: Math.max(0, Math.min(column, VERDICTS.length)),
    };
    this.setTabStops();
    const cell = this.cell(this.at.row, this.at.column);
    if (cell) cell.focus();
  }

  cell(row, column) {
    const line = this.list.querySelectorAll(".tw-code-row")[row];
    return line ? line.querySelectorAll("button")[column] : null;
  }

  setTabStops() {
    this.list.querySelectorAll(".tw-code-row").forEach((line, row) => {
      line.querySelectorAll("button").forEach((button, column) => {
        button.tabIndex = row === this.at.row && column === this.at.column ? 0 : -1;
      });
    });
  }

  draw() {
    const parts = [];
    let scheme = null;
    this.rows.forEach((code, row) => {
      if (code.scheme !== scheme) {
        scheme = code.scheme;
        parts.push(this.drawScheme(code));
      }
      parts.push(this.drawRow(code, row));
    });
    if (!parts.length) parts.push(h("p", { class: "tw-hint" }, "No code has these words."));
    redraw(this.list, parts);
    this.at.row = Math.min(this.at.row, Math.max(0, this.rows.length - 1));
    this.setTabStops();
    if (!this.told || !this.bench.codes.includes(this.told)) this.tell(this.bench.codes[0]);
  }

  drawScheme(code) {
    const { bench } = this;
    const is_active = bench.activeScheme === code.scheme;
    const several = bench.setup.schemes.length > 1;
    return h(
      "div",
      { class: "tw-scheme", role: "row" },
      h(
        "span",
        { role: "rowheader", class: "tw-scheme-name", title: code.scheme_title },
        code.scheme_title,
      ),
      several && h("span", { class: "tw-scheme-keys" }, is_active ? "keys 1–9" : ""),
      several &&
        !is_active &&
        h(
          "button",
          {
            class: "tw-small",
            tabindex: "-1",
            "data-key": `keys-${code.scheme}`,
            onmousedown: keepSelection,
            onclick: () => bench.useScheme(code.scheme),
            title: "Give the keys 1 to 9 to this scheme (key k)",
          },
          "use keys",
        ),
      h(
        "span",
        { class: "tw-whole", role: "columnheader", title: "What is held of the source as a whole" },
        "whole",
      ),
    );
  }

  drawRow(code, row) {
    const { bench } = this;
    const count = bench.countOf(code);
    const key = bench.keyOf(code);
    const told = `${code.label}${count ? `, ${count} ${count === 1 ? "coding" : "codings"} here` : ""}${key ? `, key ${key}` : ""}`;
    const main = h(
      "button",
      {
        class: "tw-code",
        "data-key": `code-${code.key}`,
        "data-code": code.key,
        "aria-label": told,
        "aria-describedby": this.card.id,
        onmousedown: keepSelection,
        onclick: () => this.apply(code, row, 0),
        onmouseenter: () => this.tell(code),
        onfocus: () => this.tell(code),
      },
      key ? h("kbd", { class: "tw-key" }, key) : h("span", { class: "tw-key" }),
      h(
        "span",
        { class: "tw-swatch", style: swatchStyle(code.index), "aria-hidden": "true" },
        "ab",
      ),
      h("span", { class: "tw-label" }, code.label),
      h("span", { class: "tw-count" }, count || ""),
    );
    const verdicts = VERDICTS.map(([verdict, sign, meaning], column) =>
      h(
        "span",
        { role: "gridcell" },
        this.drawVerdict(code, row, column + 1, verdict, sign, meaning),
      ),
    );
    return h(
      "div",
      { class: code === this.taken ? "tw-code-row tw-taken" : "tw-code-row", role: "row" },
      h("span", { role: "gridcell", class: "tw-name" }, main),
      verdicts,
    );
  }

  drawVerdict(code, row, column, verdict, sign, meaning) {
    const held = this.bench.verdictOf(code);
    const pressed = held.said === verdict;
    const implied = !held.said && held.implied === verdict;
    return h(
      "button",
      {
        class: `tw-verdict tw-${verdict}${implied ? " tw-implied" : ""}`,
        "data-key": `verdict-${verdict}-${code.key}`,
        "aria-pressed": String(pressed),
        "aria-label": `${code.label}: ${meaning}${implied ? " (follows from the codings and the reading)" : ""}`,
        title: `${code.label}: ${meaning}${implied ? " (follows from what you coded and read)" : ""}`,
        onmousedown: keepSelection,
        onfocus: () => this.tell(code),
        onmouseenter: () => this.tell(code),
        onclick: () => {
          this.at = { row, column };
          this.bench.send({
            do: "verdict",
            scheme: code.scheme,
            code: code.id,
            verdict: pressed ? null : verdict,
          });
        },
      },
      sign,
    );
  }

  apply(code, row, column) {
    this.at = { row, column };
    this.bench.applyCode(code);
  }

  tell(code) {
    this.told = code;
    const item = (term, words) => words && [h("dt", {}, term), h("dd", {}, words)];
    this.card.replaceChildren(
      h(
        "div",
        { class: "tw-card-title" },
        code.label,
        h("span", { class: "tw-card-id" }, `${code.scheme} / ${code.id}`),
      ),
      h("p", {}, code.definition),
      h(
        "dl",
        {},
        item("When", code.when_to_use),
        item("When not", code.when_not_to_use),
        code.tactics.length > 0 && [
          h("dt", {}, "Tactics"),
          h("dd", {}, code.tactics.map((one) => one.label).join("; ")),
        ],
      ),
    );
  }
}

// A press on a button must not take the selection in the text away.
export function keepSelection(event) {
  event.preventDefault();
}
