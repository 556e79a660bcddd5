// The page: its parts, and what Python says put into them.

let benches = 0;

class Page extends Holdings {
  constructor(model, element) {
    super();
    this.model = model;
    benches += 1;
    this.id = `tw-${benches}-${Math.random().toString(36).slice(2, 8)}`;
    this.setup = { schemes: [], stances: [], coder: "" };
    this.codes = [];
    this.state = null;
    this.view = null;
    this.draft = null;
    this.number = 0;
    this.build(element);
    this.asks = new Asks(model, this.id, (lost) => this.unanswered(lost));
    this.listen();
    this.asks.send({ do: "hello" });
  }

  // --- the page -------------------------------------------------------------------------------

  build(element) {
    this.header = new Header(this);
    this.turner = new Turner(this);
    this.text = h("div", {
      class: "tw-text",
      tabindex: "0",
      role: "application",
      "aria-roledescription": "text to code",
      "data-key": "text",
    });
    this.codebook = new Codebook(this);
    this.details = new Details(this);
    this.reading = h("section", { class: "tw-reading", "aria-label": "Reading" });
    this.help = h("div", { class: "tw-help-place", hidden: true });
    this.status = h(
      "div",
      { class: "tw-status", role: "status", "aria-live": "polite" },
      "Waiting for Python …",
    );
    this.alert = h("div", { class: "tw-alert", role: "alert" });
    this.root = h(
      "div",
      { class: "tw", "data-lm-suppress-shortcuts": "true" },
      this.header.element,
      h("div", { class: "tw-told" }, this.status, this.alert),
      h(
        "div",
        { class: "tw-body" },
        h("div", { class: "tw-left" }, this.turner.element, this.text),
        h(
          "aside",
          { class: "tw-side" },
          this.help,
          this.codebook.element,
          this.details.element,
          this.codebook.card,
          this.reading,
        ),
      ),
    );
    element.append(this.root);
  }

  listen() {
    this.received = (content) => this.receive(content);
    this.model.on("msg:custom", this.received);
    this.root.addEventListener("keydown", (event) => this.keydown(event));
    this.root.addEventListener("click", () => this.keepFocus());
    this.text.addEventListener("mousedown", (event) => this.press(event));
    this.text.addEventListener("copy", (event) => this.copy(event));
  }

  // After a click anywhere in here the next key must be ours: in the notebook an x cuts a cell.
  keepFocus() {
    if (!this.root.contains(this.root.getRootNode().activeElement)) this.focusText();
  }

  close() {
    this.model.off("msg:custom", this.received);
    this.asks.close();
    if (this.release) document.removeEventListener("mouseup", this.release);
  }

  receive(content) {
    const is_ours = content.view === this.id;
    const ask = is_ours ? this.asks.answered(content) : null;
    if (content.setup) this.takeSetup(content.setup);
    if (content.source) this.takeSource(content.source);
    if (content.state) this.takeState(content.state, is_ours ? content : {}, ask);
    if (content.message && (is_ours || !content.view)) {
      if (content.failed) this.warn(content.message);
      else this.say(content.message);
    }
    this.asks.next();
  }

  // Nothing came back: what is shown is what Python last told, and what was typed stays.
  unanswered(lost) {
    for (const { act, draft } of lost) this.putBack(act, draft);
    this.draw();
    this.warn(UNANSWERED);
  }

  putBack(act, draft) {
    const coding = this.draft && this.draft.coding && this.codingOf(this.draft.coding);
    if (act.do !== "change" || !coding || draft !== this.draft) return;
    const { memo } = this.draft;
    this.draft = this.carried(coding, act);
    if (act.memo !== undefined) Object.assign(this.draft, { memo, typed: true });
  }

  // The draft of a coding, with what the person did to it while Python was at work.
  carried(coding, act) {
    const old = this.draft;
    const now = this.draftOf(coding, "coding");
    if (!old) return now;
    if (old.typed) Object.assign(now, { memo: old.memo, typed: true });
    if (old.dirty && act.do === "change" && act.start === undefined) {
      const { start, end, active } = old;
      Object.assign(now, { start, end, active, dirty: true });
    }
    for (const one of this.asks.queue) {
      if (one.draft !== old) continue;
      one.draft = now;
      for (const name of ["stance", "confidence", "value", "memo"])
        if (one.act.do === "change" && name in one.act) now[name] = one.act[name];
    }
    return now;
  }

  takeSetup(setup) {
    this.setup = setup;
    this.codes = setup.schemes.flatMap((scheme) =>
      scheme.codes.map((code) => ({
        ...code,
        scheme: scheme.name,
        scheme_title: scheme.title,
        key: `${scheme.name}/${code.id}`,
      })),
    );
    this.codes.forEach((code, index) => {
      code.index = index;
    });
    this.badges = badgesOf(this.codes);
    this.byKey = new Map(this.codes.map((code) => [code.key, code]));
    if (!setup.schemes.some((one) => one.name === this.activeScheme))
      this.activeScheme = setup.schemes[0].name;
  }

  takeSource(source) {
    if (this.view && this.view.id === source.id && this.view.text === source.text) return;
    const map = new PointMap(source.text);
    const units = ([start, end]) => [map.toUnit(start), map.toUnit(end)];
    const spans = (rows) =>
      rows.map((row) => {
        const [start, end] = units(row);
        return { start, end };
      });
    this.view = {
      ...source,
      map,
      passages: spans(source.passages),
      sentences: source.sentences.map(units),
      blocks: source.blocks.map(([start, end, zone, level, is_table]) => {
        const [first, last] = units([start, end]);
        return { start: first, end: last, zone, level, is_table };
      }),
    };
    this.number = Math.min(source.passage || 0, this.view.passages.length - 1);
    this.draft = null;
    this.text.scrollTop = 0;
  }

  // What was made is picked, unless the person has moved on meanwhile.
  takeState(state, { made, next, failed }, ask) {
    this.sorted = null;
    const stayed = Boolean(ask && !ask.is_late && this.draft === ask.draft);
    const inUnits = (one) =>
      one.start === null
        ? one
        : { ...one, start: this.view.map.toUnit(one.start), end: this.view.map.toUnit(one.end) };
    this.state = {
      ...state,
      codings: state.codings.map(inUnits),
      suggestions: state.suggestions.map(inUnits),
    };
    if (stayed && made && this.codingOf(made)) this.takeMade(this.codingOf(made), ask.act);
    else if (stayed && next) this.draft = null;
    else if (failed && ask) this.putBack(ask.act, ask.draft);
    if (this.draft && this.draft.coding) this.draft.coding = this.asks.idNow(this.draft.coding);
    if (this.draft && this.draft.coding && !this.codingOf(this.draft.coding)) this.draft = null;
    if (this.draft && this.draft.suggestion && !this.suggestionOf(this.draft.suggestion))
      this.draft = null;
    const open = stayed && next ? this.suggestionOf(next) : null;
    if (open) this.pick(this.markOf(open, true));
    else this.draw();
  }

  // A stance or confidence that was chosen while the coding was on its way is said of it now.
  takeMade(coding, act) {
    const old = this.draft;
    this.draft = this.carried(coding, act);
    if (!old || old.coding || act.do !== "code") return;
    for (const name of ["stance", "confidence"])
      if (old[name] !== act[name]) this.describe({ [name]: old[name] });
  }

  draw() {
    if (!this.state || !this.view) return;
    this.header.draw();
    this.turner.draw();
    this.drawText();
    this.codebook.draw();
    this.details.draw();
    this.drawReading();
  }

  drawText() {
    const passage = this.view.passages[this.number];
    const marks = this.marksInPassage();
    const keep = this.text.scrollTop;
    this.text.replaceChildren(...drawPassage(this.view, passage, marks, this.draft));
    this.text.scrollTop = keep;
    this.text.lang = this.view.language === "und" ? "" : this.view.language;
    const several = this.view.passages.length > 1;
    const place = several ? `passage ${this.number + 1} of ${this.view.passages.length}` : "";
    this.text.setAttribute(
      "aria-label",
      `${this.view.title}${place && `, ${place}`}. Arrow keys select words and sentences; question mark lists the keys.`,
    );
  }

  drawReading() {
    const several = this.setup.schemes.length > 1;
    const boxes = this.setup.schemes.map((scheme) =>
      h(
        "label",
        { class: "tw-read" },
        h("input", {
          type: "checkbox",
          "data-key": `read-${scheme.name}`,
          "aria-label": `I have read this source entirely for ${scheme.title}`,
          checked: Boolean(this.state.read[scheme.name]),
          onchange: (event) =>
            this.send({ do: "read", scheme: scheme.name, read: event.target.checked }),
        }),
        several ? scheme.name : "I have read this source entirely",
      ),
    );
    redraw(
      this.reading,
      several && h("div", {}, "I have read this source entirely for:"),
      h("div", { class: "tw-reads" }, boxes),
      this.state.remarks.map((one) => h("p", { class: "tw-hint" }, one)),
    );
  }

  say(words) {
    this.alert.textContent = "";
    this.status.textContent = words;
  }

  warn(words) {
    this.status.textContent = "";
    this.alert.textContent = words;
  }
}
