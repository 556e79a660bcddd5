// Acts on their way to Python: one at a time, each answered before the next goes. Where no answer
// comes (the kernel died or was started again) nothing was written, and that is said.

export const PATIENCE = 3000;
export const UNANSWERED =
  "Python does not answer; nothing was written. Run the cell again (or wait, where a cell is running).";

export class Asks {
  constructor(model, view, failed) {
    this.model = model;
    this.view = view;
    this.failed = failed;
    this.queue = [];
    this.asked = new Map();
    this.current = 0;
    this.count = 0;
    this.successors = new Map();
  }

  send(act, more) {
    this.queue.push({ act, ...more });
    this.next();
  }

  // A coding that was changed stands under a new id.
  idNow(id) {
    let now = id;
    while (this.successors.has(now)) now = this.successors.get(now);
    return now;
  }

  next() {
    if (this.current || !this.queue.length) return;
    const one = this.queue.shift();
    this.count += 1;
    this.current = this.count;
    this.asked.set(this.current, one);
    if (one.act.id) one.act.id = this.idNow(one.act.id);
    this.timer = setTimeout(() => this.giveUp(), PATIENCE);
    try {
      this.model.send({ ...one.act, view: this.view, ask: this.current });
    } catch {
      this.giveUp();
    }
  }

  giveUp() {
    clearTimeout(this.timer);
    const lost = [this.asked.get(this.current), ...this.queue];
    this.current = 0;
    this.queue = [];
    this.failed(lost);
  }

  // What an answer answers; is_late where we had given it up.
  answered({ ask, made }) {
    const one = this.asked.get(ask);
    if (!one) return null;
    this.asked.delete(ask);
    if (one.act.do === "change" && made && made !== one.act.id)
      this.successors.set(one.act.id, made);
    const is_late = ask !== this.current;
    if (!is_late) {
      clearTimeout(this.timer);
      this.current = 0;
    }
    return { ...one, is_late };
  }

  close() {
    clearTimeout(this.timer);
    this.queue = [];
  }
}
