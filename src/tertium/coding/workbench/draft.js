// The draft: what is selected or picked, by mouse and by keys, and where its ends are.

class Hand extends Page {
  // --- the draft ------------------------------------------------------------------------------

  draftOf(coding, kind) {
    return {
      start: coding.start,
      end: coding.end,
      active: "end",
      dirty: false,
      [kind]: coding.id,
      stance: coding.stance,
      confidence: coding.confidence,
      memo: coding.memo,
      value: coding.value,
    };
  }

  fresh(start, end, active = "end") {
    return {
      start,
      end,
      active,
      dirty: false,
      stance: "asserted",
      confidence: null,
      memo: "",
      value: null,
    };
  }

  setDraft(draft) {
    this.saveMemo();
    this.draft = draft;
    this.draw();
    if (draft) this.reveal();
  }

  // A memo is logged when its coding is left, however that happens.
  saveMemo() {
    const { draft } = this;
    if (!draft || !draft.coding || !draft.typed || !this.codingOf(draft.coding)) return;
    draft.typed = false;
    this.send({ do: "change", id: draft.coding, memo: draft.memo });
  }

  // Ends that were moved are neither kept nor dropped by the way.
  isHeldUp() {
    if (!this.draft || !this.draft.dirty) return false;
    this.say("The ends were moved: Enter keeps them, Escape drops them.");
    return true;
  }

  pick(mark) {
    if (this.isHeldUp()) return;
    const kind = mark.suggested ? "suggestion" : "coding";
    const coding = mark.suggested ? this.suggestionOf(mark.id) : this.codingOf(mark.id);
    if (this.codeOf(coding)) this.codebook.tell(this.codeOf(coding));
    this.setDraft(this.draftOf(coding, kind));
    this.say(`${mark.label}: “${shortened(this.view.text.slice(mark.start, mark.end), 80)}”`);
  }

  // The passage that holds the end which moves is turned to and scrolled into view.
  reveal() {
    const place = this.draft.active === "end" ? this.draft.end - 1 : this.draft.start;
    const at = this.view.passages.findIndex((one) => place >= one.start && place < one.end);
    if (at >= 0 && at !== this.number) {
      this.number = at;
      this.draw();
    }
    const runs = this.text.querySelectorAll(".tw-draft");
    const run = this.draft.active === "end" ? runs[runs.length - 1] : runs[0];
    if (!run) return;
    const box = this.text.getBoundingClientRect();
    const place_ = run.getBoundingClientRect();
    if (place_.bottom > box.bottom - 12) this.text.scrollTop += place_.bottom - box.bottom + 40;
    else if (place_.top < box.top + 12) this.text.scrollTop -= box.top - place_.top + 40;
  }

  turn(number) {
    if (number < 0 || number >= this.view.passages.length || this.isHeldUp()) return;
    this.saveMemo();
    this.number = number;
    this.draft = null;
    this.text.scrollTop = 0;
    this.draw();
    this.send({ do: "turn", passage: number });
    this.say(`Passage ${number + 1} of ${this.view.passages.length}`);
  }

  points(draft) {
    return { start: this.view.map.toPoint(draft.start), end: this.view.map.toPoint(draft.end) };
  }

  // --- mouse ----------------------------------------------------------------------------------

  // The drag may end anywhere on the page, so the release is awaited there, once.
  press(event) {
    if (event.button !== 0) return;
    if (this.release) document.removeEventListener("mouseup", this.release);
    this.root.classList.add("tw-dragging");
    this.release = (last) => {
      document.removeEventListener("mouseup", this.release);
      this.root.classList.remove("tw-dragging");
      this.release = null;
      this.take(last);
    };
    document.addEventListener("mouseup", this.release);
    const { clientX, clientY } = event;
    this.pressed = this.placeAt(clientX, clientY);
  }

  // The place in the text nearest to a point of the screen; null where the browser can't say.
  placeAt(x, y) {
    const box = this.text.getBoundingClientRect();
    const within = (value, low, high) => Math.max(low, Math.min(value, high));
    const left = within(x, box.left + 2, box.left + this.text.clientWidth - 2);
    const top = within(y, box.top + 2, box.top + this.text.clientHeight - 2);
    const caret = document.caretPositionFromPoint
      ? document.caretPositionFromPoint(left, top)
      : document.caretRangeFromPoint && document.caretRangeFromPoint(left, top);
    if (!caret) return null;
    const node = caret.offsetNode || caret.startContainer;
    return placeOf(this.text, node, caret.offset ?? caret.startOffset);
  }

  // Where a drag began and ended; one that ends beside the text ends at the nearest words.
  dragged(event, range) {
    const passage = this.view.passages[this.number];
    const first = placeOf(this.text, range.startContainer, range.startOffset);
    const last = placeOf(this.text, range.endContainer, range.endOffset);
    const is_inside = event.target instanceof Node && this.text.contains(event.target);
    const released = is_inside ? null : this.placeAt(event.clientX, event.clientY);
    if (released === null || this.pressed === null)
      return [first ?? passage.start, last ?? passage.end];
    return [Math.min(this.pressed, released), Math.max(this.pressed, released)];
  }

  take(event) {
    const root = this.text.getRootNode();
    const selection = root.getSelection ? root.getSelection() : document.getSelection();
    if (!selection || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (selection.isCollapsed) {
      const place = placeOf(this.text, range.startContainer, range.startOffset);
      if (place !== null && this.text.contains(event.target)) this.click(place);
      return;
    }
    const [start, end] = trim(
      this.view.text,
      ...snap(this.view.text, ...this.dragged(event, range)),
    );
    selection.removeAllRanges();
    this.focusText();
    if (start >= end || this.isHeldUp()) return;
    this.setDraft(this.fresh(start, end));
    this.say(`Selected: “${shortened(this.view.text.slice(start, end), 80)}”`);
  }

  click(place) {
    const there = marksAt(this.marksInPassage(), place);
    const current = this.draft
      ? there.findIndex((mark) => mark.id === (this.draft.coding || this.draft.suggestion))
      : -1;
    if (there.length) this.pick(there[(current + 1) % there.length]);
    else if (this.draft && !this.isHeldUp()) this.setDraft(null);
  }

  copy(event) {
    if (!this.draft || !event.clipboardData) return;
    event.clipboardData.setData(
      "text/plain",
      this.view.text.slice(this.draft.start, this.draft.end),
    );
    event.preventDefault();
  }

  // --- keys -----------------------------------------------------------------------------------

  // Words or characters of the blocks around a place; sentences of the whole source.
  parts(unit, place) {
    const { view } = this;
    if (unit === "sentence") return view.sentences;
    let at = view.blocks.findIndex((block) => block.end > place);
    if (at < 0) at = view.blocks.length - 1;
    const near = view.blocks.slice(Math.max(0, at - 2), at + 3);
    if (unit === "grapheme")
      return near.flatMap((block) => graphemesOf(view.text, block.start, block.end));
    return near.flatMap((block) => wordsOf(view.text, block.start, block.end, view.language));
  }

  step(unit, direction) {
    if (this.isHeldUp()) return true;
    const passage = this.view.passages[this.number];
    const from = this.draft
      ? this.draft[direction > 0 ? "end" : "start"]
      : direction > 0
        ? passage.start
        : passage.end;
    const parts = this.parts(unit, direction > 0 ? from : Math.max(0, from - 1));
    const part = direction > 0 ? partAfter(parts, from) : partBefore(parts, from);
    if (!part) return this.say(direction > 0 ? "The text ends here." : "The text begins here.");
    this.setDraft(this.fresh(part[0], part[1]));
    return this.say(`Selected: “${shortened(this.view.text.slice(...part), 80)}”`);
  }

  extend(unit, direction) {
    const { draft } = this;
    if (!draft) return this.step(unit === "grapheme" ? "word" : unit, direction);
    const place = movedEnd(this.parts(unit, draft[draft.active]), draft, draft.active, direction);
    if (place === null) return this.say("The end can't go further.");
    draft[draft.active] = place;
    if (draft.coding || draft.suggestion) draft.dirty = true;
    if (draft.suggestion) draft.correcting = true;
    this.draw();
    this.reveal();
    return this.say(
      `${draft.active === "end" ? "End" : "Start"} moved: “${shortened(this.view.text.slice(draft.start, draft.end), 80)}”`,
    );
  }

  otherEnd() {
    if (!this.draft) return this.say("Select words first.");
    this.draft.active = this.draft.active === "end" ? "start" : "end";
    this.draw();
    this.reveal();
    return this.say(`Shift and the arrows now move the ${this.draft.active}.`);
  }

  // The next mark in the text, in whichever passage it stands.
  walk(direction) {
    const marks = this.marks();
    if (!marks.length) return this.say("Nothing is coded here yet.");
    const current = this.draft
      ? marks.findIndex((mark) => mark.id === (this.draft.coding || this.draft.suggestion))
      : -1;
    let next = current + direction;
    if (current < 0) {
      const place = this.draft ? this.draft.start : this.view.passages[this.number].start;
      const after = marks.findIndex((mark) => mark.start >= place);
      next = direction > 0 ? (after < 0 ? 0 : after) : (after < 0 ? marks.length : after) - 1;
    }
    return this.pick(marks[(next + marks.length) % marks.length]);
  }

  nextOf(name, values, shown) {
    if (!this.draft || this.draft.suggestion)
      return this.say("Select words or pick a coding first.");
    if (this.isHeldUp()) return true;
    const current = values.indexOf(this.draft[name] ?? null);
    const next = values[(current + 1) % values.length];
    this.describe({ [name]: next });
    const coding = this.draft.coding && this.codingOf(this.draft.coding);
    const of = coding ? this.labelOf(coding) : "the new selection";
    return this.say(`${name === "stance" ? "Stance" : "Confidence"} of ${of}: ${shown(next)}`);
  }

  focusOn(key) {
    const field = this.root.querySelector(`[data-key="${key}"]`);
    if (!field || !field.getClientRects().length)
      return this.say("Select words or pick a coding first.");
    if (this.isHeldUp()) return true;
    field.focus();
    field.scrollIntoView({ block: "nearest" });
    return field.setSelectionRange(field.value.length, field.value.length);
  }

  focusText() {
    this.text.focus({ preventScroll: true });
  }
}
