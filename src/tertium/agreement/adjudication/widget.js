// The queue in the browser: differences side by side, one decision each with its reason. Python is
// the one truth; what comes back from it is drawn. A word and a reason are kept here until both are
// there.

let desks = 0;

class Desk {
  constructor(model, element) {
    desks += 1;
    this.id = `tq-${desks}-${Math.random().toString(36).slice(2, 8)}`;
    this.model = model;
    this.chosen = null;
    this.shown = "";
    this.build(element);
    this.drafts = new Map();
    this.asks = new Asks(model, this.id, () => this.unanswered());
    this.received = (content) => this.receive(content);
    model.on("msg:custom", this.received);
    this.asks.send({ do: "hello" });
  }

  close() {
    this.model.off("msg:custom", this.received);
    this.asks.close();
  }

  // Nothing came back: what is shown is what Python last told; the reason stays as it is.
  unanswered() {
    if (this.setup) this.draw();
    this.status.textContent = "";
    this.alert.textContent = UNANSWERED;
  }

  build(element) {
    this.header = h("header", { class: "tw-header" });
    this.body = h("div", { class: "tq-body", tabindex: "0", role: "region", "aria-label": "Difference between coders" });
    this.buttons = h("div", { class: "tw-buttons", role: "group", "aria-label": "Decision" });
    this.reason = h("textarea", { rows: "2", "aria-label": "Reason", placeholder: "Why? Enter keeps the decision.", "data-key": "reason" });
    this.stance = h("div", { class: "tq-stance", hidden: true });
    this.status = h("div", { class: "tw-status", role: "status", "aria-live": "polite" }, "Waiting for Python …");
    this.alert = h("div", { class: "tw-alert", role: "alert" });
    this.root = h("div", { class: "tw tq", "data-lm-suppress-shortcuts": "true" },
      this.header,
      h("div", { class: "tw-told" }, this.status, this.alert),
      this.body,
      h("div", { class: "tq-desk" }, this.buttons, this.stance, h("label", { class: "tq-reason" }, h("span", {}, "Reason ", h("kbd", {}, "r")), this.reason)),
    );
    this.root.addEventListener("keydown", (event) => this.keydown(event));
    // After a click anywhere in here the next key must be ours: in the notebook an x cuts a cell.
    this.root.addEventListener("click", () => {
      if (!this.root.contains(this.root.getRootNode().activeElement)) this.body.focus({ preventScroll: true });
    });
    // A click on a button would take the selection away that it is about.
    this.buttons.addEventListener("mousedown", (event) => event.preventDefault());
    element.append(this.root);
  }

  // --- what Python says -----------------------------------------------------------------------

  receive(content) {
    if (content.view && content.view !== this.id) return;
    const ask = this.asks.answered(content);
    this.setup = content.setup;
    this.items = content.items;
    this.item = content.item;
    const is_new = (this.item ? this.item.id : "") !== this.shown;
    const is_done = Boolean(content.message && !content.failed);
    if (is_new || is_done) {
      this.drafts.set(this.shown, this.reason.value);
      if (is_done && ask) this.drafts.delete(ask.act.item);
      this.shown = this.item ? this.item.id : "";
      this.chosen = null;
      this.said = "";
      this.reason.value = this.drafts.get(this.shown) || "";
    }
    this.draw();
    if (is_new) this.showMarks();
    this.status.textContent = content.failed ? "" : content.message || this.told();
    this.alert.textContent = content.failed ? content.message : "";
    if (is_new && this.root.contains(this.root.getRootNode().activeElement)) this.body.focus({ preventScroll: true });
    this.asks.next();
  }

  told() {
    if (!this.item) return "The coders differ nowhere.";
    return this.item.decided ? "This difference is decided; another decision takes its place." : "Choose, and write why.";
  }

  // --- drawing --------------------------------------------------------------------------------

  draw() {
    const { setup, items, item } = this;
    const done = items.filter((one) => one.decided).length;
    const at = item ? items.findIndex((one) => one.id === item.id) : -1;
    redraw(this.header,
      h("div", { class: "tw-sources" },
        h("button", { onclick: () => this.step(-1), disabled: at <= 0, "aria-label": "Previous difference", "data-key": "previous" }, "‹ p"),
        h("span", {}, item ? `${at + 1} of ${items.length}` : "none"),
        h("button", { onclick: () => this.step(1), disabled: at < 0 || at >= items.length - 1, "aria-label": "Next difference", "data-key": "next" }, "n ›"),
      ),
      h("span", { class: "tw-title" }, `${setup.scheme}: ${setup.coders.join(" and ")}, ${setup.result}`),
      h("span", { class: "tw-progress" },
        h("progress", { max: Math.max(items.length, 1), value: done, "aria-label": "Differences decided" }),
        `${done} decided, ${items.length - done} open, ${setup.agreed} agreed on`),
    );
    redraw(this.body, item ? this.drawItem() : h("p", { class: "tw-hint" }, "There is nothing to settle."));
    redraw(this.buttons, item ? this.drawButtons() : []);
    this.drawStance();
  }

  // Words of one's own need a stance of one's own where the coders differ in it.
  drawStance() {
    const { item, chosen } = this;
    this.stance.hidden = !(item && item.stances.length && chosen && chosen.word === "own");
    const options = [["", "choose"], ...(item ? item.stances : []).map((one) => [one, one])];
    redraw(this.stance, "Stance", choice("stance", "Stance", this.said || "", options, (value) => { this.said = value; }));
  }

  // A place deep in a long window would be out of sight.
  showMarks() {
    for (const text of this.body.querySelectorAll(".tq-text")) {
      const first = text.querySelector(".tq-marked, .tq-differs");
      if (first) text.scrollTop = first.offsetTop - 60;
    }
    this.body.scrollTop = 0;
  }

  drawItem() {
    const { item } = this;
    return [
      h("p", { class: "tq-what" }, h("strong", {}, item.code), ` in ${item.title}: ${item.difference}.`),
      h("details", { class: "tq-code" },
        h("summary", {}, "Definition"),
        h("p", {}, item.definition), h("p", {}, `When to use: ${item.use}`), h("p", {}, `When not: ${item.not}`)),
      item.decided && h("p", { class: "tq-decided" }, `Decided: ${item.decided.verdict}. ${item.decided.reason} (${item.decided.adjudicator})`),
      h("div", { class: "tq-sides" }, item.sides.map((side, number) => drawSide(side, item, `side-${number}`, number))),
    ];
  }

  // [word, key, what the button says], in the order of the keys.
  words() {
    const { sides, whole, decided } = this.item;
    const coded = sides.filter((side) => side.state === "coded");
    return [
      ...sides.map((side, number) => side.state === "coded" && [side.coder, String(number + 1), `as ${side.coder}`]),
      coded.length > 1 && !whole && ["both", "b", "both"],
      ["absent", "a", "absent"],
      whole ? ["undecided", "u", "can't be decided"] : ["own", "o", "the words I selected"],
      decided && ["undo", "z", "take back"],
    ].filter(Boolean);
  }

  drawButtons() {
    return this.words().map(([word, key, label]) => h("button", {
      class: this.chosen && this.chosen.word === word ? "tw-main" : undefined,
      "aria-pressed": word === "undo" ? undefined : String(Boolean(this.chosen && this.chosen.word === word)),
      "data-word": word, "data-key": `word-${word}`, onclick: () => this.choose(word),
    }, h("kbd", {}, key), ` ${label}`));
  }

  // --- acts -----------------------------------------------------------------------------------

  say(words) {
    this.status.textContent = words;
    this.alert.textContent = "";
    return true;
  }

  step(direction) {
    const at = this.items.findIndex((one) => one.id === this.item.id) + direction;
    if (!this.items[at]) return this.say(direction > 0 ? "This is the last difference." : "This is the first difference.");
    this.asks.send({ do: "open", item: this.items[at].id });
    return true;
  }

  choose(word) {
    if (word === "undo") {
      this.asks.send({ do: "undo", item: this.item.id });
      return true;
    }
    const place = word === "own" ? selectedPlace(this.root, this.item.window) : null;
    if (word === "own" && !place) return this.say("Select the words first, in either text.");
    this.chosen = { word, place };
    redraw(this.buttons, this.drawButtons());
    this.drawStance();
    if (this.reason.value.trim() && this.stance.hidden) return this.keep();
    if (!this.stance.hidden && !this.said) {
      this.stance.querySelector("select").focus();
      return this.say(`“${shortened(place.text, 60)}”. The coders differ in the stance: choose one, then write why.`);
    }
    this.reason.focus();
    return this.say(place ? `“${shortened(place.text, 60)}”. Why?` : "Why? Enter keeps the decision.");
  }

  keep() {
    if (!this.chosen) return this.say("Choose first: press a key of a button.");
    if (!this.reason.value.trim()) return this.say("Write why.");
    const { word, place } = this.chosen;
    if (!this.stance.hidden && !this.said) return this.say("Choose the stance: the coders differ in it.");
    const stance = this.stance.hidden ? null : this.said;
    const { start, end } = place || { start: null, end: null };
    this.asks.send({ do: "decide", item: this.item.id, word: word === "own" ? "present" : word, reason: this.reason.value, start, end, stance });
    return true;
  }

  keydown(event) {
    event.stopPropagation();
    if (event.isComposing || !this.item) return;
    if (event.target === this.reason) {
      if (event.key === "Escape") this.body.focus();
      else if (event.key !== "Enter" || event.shiftKey) return;
      else this.keep();
      event.preventDefault();
      return;
    }
    if (event.target.tagName === "SELECT") {
      if (event.key !== "Escape" && event.key !== "Enter") return;
      this.reason.focus();
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const found = this.words().find(([, key]) => key === event.key);
    const moves = { n: 1, p: -1 };
    if (found) this.choose(found[0]);
    else if (moves[event.key]) this.step(moves[event.key]);
    else if (event.key === "r") this.reason.focus();
    else return;
    event.preventDefault();
  }
}

export default {
  render({ model, el }) {
    const desk = new Desk(model, el);
    return () => desk.close();
  },
};
