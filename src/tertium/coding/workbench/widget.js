// The workbench in the browser. Python is the one truth: each act goes there with places in code
// points, is checked and logged, and what comes back is drawn. Nothing is kept here but the draft.

class Workbench extends Hand {
  // --- keys -----------------------------------------------------------------------------------

  keydown(event) {
    event.stopPropagation();
    if (event.isComposing || !this.state) return;
    const { target } = event;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "checkbox") {
      const leaves =
        event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey));
      if (leaves && target !== this.codebook.search) {
        event.preventDefault();
        this.saveMemo();
        this.focusText();
      }
      return;
    }
    const command = commandOf(event);
    if (!command) return;
    const is_button = target.tagName === "BUTTON" || target.type === "checkbox";
    if (is_button && (command[0] === "enter" || command[0] === "step")) return;
    if (this.command(...command)) event.preventDefault();
  }

  // Says whether the key was used.
  command(name, ...given) {
    const { state, draft } = this;
    const simple = {
      number: () => this.applyNumber(given[0]),
      step: () => this.step(...given),
      extend: () => this.extend(...given),
      otherEnd: () => this.otherEnd(),
      nextMark: () => this.walk(1),
      previousMark: () => this.walk(-1),
      search: () => this.codebook.search.focus(),
      nextScheme: () => this.useNextScheme(),
      stance: () => this.nextOf("stance", this.setup.stances, (one) => one),
      confidence: () =>
        this.nextOf("confidence", [null, 0.25, 0.5, 0.75, 1], (one) =>
          one === null ? "not stated" : one,
        ),
      memo: () => this.focusOn("memo"),
      enter: () => this.enter(),
      escape: () => this.escape(),
      delete: () =>
        draft && draft.coding
          ? this.send({ do: "delete", id: draft.coding })
          : this.say("Pick a coding first: click it, or press n."),
      undo: () => {
        this.saveMemo();
        this.send({ do: "undo" });
      },
      redo: () => this.send({ do: "redo" }),
      accept: () => this.decide("accept"),
      reject: () => this.decide("reject"),
      correct: () => this.correct(),
      suggestions: () => this.send({ do: "suggestions", show: !state.shown }),
      nextPassage: () => this.page(1),
      previousPassage: () => this.page(-1),
      nextSource: () => this.open(1),
      previousSource: () => this.open(-1),
      read: () =>
        this.send({ do: "read", scheme: this.activeScheme, read: !state.read[this.activeScheme] }),
      load: () => this.send({ do: "load" }),
      help: () => this.toggleHelp(),
    };
    return simple[name]() !== false;
  }

  enter() {
    const { draft } = this;
    if (!draft) return this.say("Nothing to keep.");
    if (draft.suggestion && draft.correcting)
      return this.send({ do: "correct", id: draft.suggestion, ...this.points(draft) });
    if (draft.coding && draft.dirty)
      return this.send({ do: "change", id: draft.coding, ...this.points(draft) });
    return this.say(
      draft.coding || draft.suggestion
        ? "Nothing was moved."
        : "Choose a code: press its number, or / to find it.",
    );
  }

  escape() {
    const { draft } = this;
    if (!this.help.hidden) return this.toggleHelp();
    if (!draft) return this.say("");
    if (draft.dirty || draft.correcting) {
      const coding = draft.coding
        ? this.codingOf(draft.coding)
        : this.suggestionOf(draft.suggestion);
      this.setDraft(this.draftOf(coding, draft.coding ? "coding" : "suggestion"));
      return this.say("Dropped: the ends are as before.");
    }
    this.setDraft(null);
    return this.say("Let go.");
  }

  decide(name) {
    const { draft } = this;
    if (!draft || !draft.suggestion)
      return this.say("Pick a suggestion first: click it, or press n.");
    if (name === "accept" && this.isHeldUp()) return true;
    return this.send({ do: name, id: draft.suggestion });
  }

  correct() {
    const { draft } = this;
    if (!draft || !draft.suggestion)
      return this.say("Pick a suggestion first: click it, or press n.");
    draft.correcting = true;
    this.draw();
    return this.say(
      "Move the ends with Shift and the arrows, then Enter; or press the number of another code.",
    );
  }

  page(direction) {
    const left =
      direction > 0
        ? this.text.scrollHeight - this.text.clientHeight - this.text.scrollTop
        : this.text.scrollTop;
    if (left > 4) {
      this.text.scrollTop += direction * this.text.clientHeight * 0.9;
      return true;
    }
    return this.turn(this.number + direction);
  }

  open(direction) {
    const source = this.state.sources[this.state.number + direction];
    if (!source)
      return this.say(direction > 0 ? "This is the last source." : "This is the first source.");
    return this.openSource(source.id);
  }

  openSource(id) {
    if (this.isHeldUp()) return this.header.draw();
    this.saveMemo();
    return this.send({ do: "open", open: id });
  }

  toggleHelp() {
    this.help.hidden = !this.help.hidden;
    this.help.replaceChildren(
      ...(this.help.hidden
        ? []
        : [
            drawHelp(() => {
              this.toggleHelp();
              this.focusText();
            }),
          ]),
    );
    if (!this.help.hidden) this.help.scrollIntoView({ block: "nearest" });
  }

  // --- acts -----------------------------------------------------------------------------------

  send(act) {
    this.asks.send({ ...act, source: this.view.id }, { draft: this.draft });
  }

  useScheme(name) {
    this.activeScheme = name;
    this.draw();
    this.say(`The keys 1 to 9 stand for ${name} now.`);
  }

  useNextScheme() {
    const names = this.setup.schemes.map((one) => one.name);
    this.useScheme(names[(names.indexOf(this.activeScheme) + 1) % names.length]);
  }

  applyNumber(number) {
    const code = this.codes.filter((one) => one.scheme === this.activeScheme)[number - 1];
    if (!code) return this.say(`No code has the number ${number}.`);
    return this.applyCode(code);
  }

  applyCode(code) {
    const { draft } = this;
    this.codebook.tell(code);
    if (!draft) return this.say("Select words first: drag over them, or use the arrow keys.");
    if (draft.suggestion)
      return this.send({
        do: "correct",
        id: draft.suggestion,
        scheme: code.scheme,
        code: code.id,
        ...this.points(draft),
      });
    if (this.isHeldUp()) return true;
    const { stance, confidence, memo } = draft.coding ? this.fresh(0, 1) : draft;
    this.saveMemo();
    draft.typed = false;
    return this.send({
      do: "code",
      scheme: code.scheme,
      code: code.id,
      stance,
      confidence,
      memo,
      ...this.points(draft),
    });
  }

  recode(key) {
    if (this.isHeldUp()) return this.details.draw();
    this.saveMemo();
    const { scheme, id } = this.byKey.get(key);
    this.send({ do: "change", id: this.draft.coding, scheme, code: id });
  }

  // What is said of a new selection waits for its code; of a coding it is logged at once.
  describe(changes) {
    if (this.isHeldUp()) return this.details.draw();
    Object.assign(this.draft, changes);
    const coding = this.draft.coding && this.codingOf(this.draft.coding);
    if (coding) this.send({ do: "change", id: coding.id, ...changes });
    return this.details.draw();
  }
}

export default {
  render({ model, el }) {
    const bench = new Workbench(model, el);
    return () => bench.close();
  },
};
