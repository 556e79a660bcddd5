// Above the text: the sources and how far they are done, tools, and the passages of a long source.

const MOST_TICKS = 40;

class Header {
  constructor(bench) {
    this.bench = bench;
    this.element = h("header", { class: "tw-header" });
  }

  draw() {
    const { state } = this.bench;
    redraw(
      this.element,
      this.drawSources(state),
      state.sources.length > 1 && this.drawProgress(state),
      this.drawTools(state),
      this.drawFacts(state),
    );
  }

  tool(key, text, title, command, disabled) {
    const attributes = {
      class: "tw-tool",
      "data-key": key,
      title,
      "aria-label": text.length > 1 ? null : title,
      disabled,
      onmousedown: keepSelection,
      onclick: () => this.bench.command(command),
    };
    return h("button", attributes, text);
  }

  drawSources({ sources, number }) {
    const { bench } = this;
    if (sources.length === 1) {
      return h("div", { class: "tw-sources" }, h("span", { class: "tw-title" }, bench.view.title));
    }
    const options = sources.map((one) => [
      one.id,
      `${one.is_read ? "✓ " : ""}${one.title}${one.codings ? ` (${one.codings})` : ""}`,
    ]);
    const open = (id) => bench.openSource(id);
    const last = number === sources.length - 1;
    return h(
      "div",
      { class: "tw-sources" },
      this.tool("previous-source", "‹", "Previous source (key [)", "previousSource", number === 0),
      choice("source", "Source", bench.view.id, options, open),
      this.tool("next-source", "›", "Next source (key ])", "nextSource", last),
    );
  }

  drawProgress({ sources }) {
    const read = sources.filter((one) => one.is_read).length;
    return h(
      "span",
      { class: "tw-progress" },
      h("progress", { max: sources.length, value: read, "aria-label": "Sources read entirely" }),
      `${read} of ${sources.length} read`,
    );
  }

  drawTools({ offers, shown, suggestions, undo, redo }) {
    const words = shown ? `Hide suggestions (${suggestions.length} open)` : "Show suggestions";
    const undoes = undo ? `Undo: ${undo} (key u)` : "Nothing to undo";
    const redoes = redo ? `Redo: ${redo} (key U)` : "Nothing to redo";
    return h(
      "div",
      { class: "tw-tools" },
      offers && this.tool("suggestions", words, "Show or hide them (key s)", "suggestions"),
      this.tool("undo", "↶", undoes, "undo", !undo),
      this.tool("redo", "↷", redoes, "redo", !redo),
      this.tool("load", "⟳", "Load again what others wrote meanwhile (key l)", "load"),
      this.tool("help", "?", "Keys (key ?)", "help"),
    );
  }

  drawFacts({ blind }) {
    const { view, setup } = this.bench;
    const seen = "Suggestions for this source were shown, or you know others' codings";
    const title = blind ? "You have seen no suggestions for this source" : seen;
    return h(
      "div",
      { class: "tw-facts" },
      [view.facts, `coder ${setup.coder}`].filter(Boolean).join(" · "),
      h(
        "span",
        { class: blind ? "tw-blind" : "tw-blind tw-seen", title },
        blind ? "blind" : "not blind",
      ),
    );
  }
}

class Turner {
  constructor(bench) {
    this.bench = bench;
    this.element = h("nav", { class: "tw-turner", "aria-label": "Passages" });
  }

  draw() {
    const { view, number } = this.bench;
    const last = view.passages.length - 1;
    this.element.hidden = last === 0;
    redraw(
      this.element,
      this.button("previous-passage", "‹", "Previous passage", number - 1, number === 0),
      last < MOST_TICKS ? this.drawTicks() : this.drawList(),
      h("span", {}, `passage ${number + 1} of ${last + 1}`),
      this.button("next-passage", "›", "Next passage", number + 1, number === last),
    );
  }

  button(key, text, label, number, disabled) {
    const onclick = () => this.bench.turn(number);
    const told = { "aria-label": label, title: `${label} (Page ↑ ↓)`, disabled, onclick };
    return h("button", { class: "tw-tool", "data-key": key, ...told }, text);
  }

  // A tick a passage, filled where something is coded; a list where they would be too narrow.
  drawTicks() {
    const ticks = this.bench.view.passages.map((one, index) => this.drawTick(one, index));
    return h("span", { class: "tw-ticks" }, ticks);
  }

  drawTick(passage, index) {
    const { bench } = this;
    const count = bench.state.codings.filter(
      (one) => one.start !== null && one.start < passage.end && one.end > passage.start,
    ).length;
    const codings = count ? `, ${count} ${count === 1 ? "coding" : "codings"}` : "";
    const title = `Passage ${index + 1}${codings}`;
    return h("button", {
      class: count ? "tw-tick tw-has" : "tw-tick",
      tabindex: "-1",
      "aria-current": index === bench.number ? "true" : null,
      "aria-label": title,
      title,
      onclick: () => bench.turn(index),
    });
  }

  drawList() {
    const { bench } = this;
    const options = bench.view.passages.map((_, index) => [String(index), `${index + 1}`]);
    const turn = (index) => bench.turn(Number(index));
    return choice("passage", "Passage", String(bench.number), options, turn);
  }
}
