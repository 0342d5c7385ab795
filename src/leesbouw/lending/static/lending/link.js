// The connection of a paired desk: what was scanned is kept before it is sent, told without an answer when there is no
// connection, and settled in order as soon as there is one again.
import { Alone } from "./alone.js";
import { change, count, forget, keep, kept, remember, waiting, wipe } from "./kept.js";

const PIECE = 50, PATIENCE = 8000, AGAIN = 4000, FRESH = 5 * 60 * 1000;
const DOWN = [502, 503, 504];

class Locked extends Error {}
class Down extends Error {}

export class Link {
  // `on`: room(groups, faces), badge(number, isOff), settled(surprises, number), shut(number), lock()
  constructor({ place, process, along, opens, words, on }) {
    Object.assign(this, { place, process, along, opens, words, on });
    this.isOn = true;
    this.isShut = false;
    this.alone = null;
    this.token = "";
    this.busy = Promise.resolve();
    this.clock = 0;
    addEventListener("online", () => this.probe());
  }

  // One thing after the other, however quickly the scanner goes.
  after(work) {
    const done = this.busy.then(work);
    this.busy = done.catch(() => {});
    return done;
  }

  async start() {
    const wasShut = await kept("shut");
    try {
      await this.refresh();
      if (wasShut) return this.on.lock(); // somebody locked it while nobody could be told
      await this.settle();
    } catch (error) {
      if (error instanceof Locked) return this.reopen();
      this.lose();
      if (wasShut) return this.close();
      const copy = await kept("copy"), open = await kept("open");
      if (!copy || copy.day !== today() || Date.now() > open) return this.close();
      this.use(copy);
      this.on.badge(await count(this.place), true);
    }
    setInterval(() => this.isOn && !this.isShut && this.after(() => this.refresh()).catch((error) => this.failed(error)), FRESH);
  }

  use(copy) {
    this.alone = new Alone(copy, copy.faces, copy.groups, this.words);
    this.on.room(copy.groups, copy.faces);
  }

  touch() {
    return keep("open", Date.now() + this.opens);
  }

  async ask(address, options = {}) {
    let answer;
    try {
      answer = await fetch(address, { ...options, signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      throw new Down();
    }
    if (DOWN.includes(answer.status)) throw new Down();
    if (answer.status !== 403) return answer;
    const told = await answer.json().catch(() => null);
    throw told?.locked ? new Locked() : new Error("403");
  }

  // Everything that this desk needs without a connection, and a token that is not stale.
  async refresh() {
    const answer = await this.ask(this.along);
    if (!answer.ok) throw new Down();
    let copy;
    try {
      copy = await answer.json();
    } catch {
      throw new Down(); // a wall of the network answers instead of the server
    }
    this.token = copy.token;
    for (const one of document.querySelectorAll("[name=csrfmiddlewaretoken]")) one.value = copy.token;
    delete copy.token;
    this.use({ ...copy, titles: this.alone?.copy.titles ?? {}, undo: this.alone?.copy.undo ?? {} });
    await this.save();
    await this.touch();
  }

  save() {
    return keep("copy", this.alone.copy);
  }

  async post(entries, again = true) {
    let answer;
    try {
      answer = await this.ask(this.process, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify({ now: new Date().toISOString(), entries }),
      });
    } catch (error) {
      if (error.message !== "403" || !again) throw error;
      await this.refresh(); // the token was stale
      return this.post(entries, false);
    }
    if (!answer.ok) throw new Error(String(answer.status));
    try {
      return (await answer.json()).answers;
    } catch {
      throw new Down();
    }
  }

  // The answers to what was scanned: of the server, or of the desk itself. Called when it is its turn.
  async deliver(entries) {
    if (this.isShut) return [];
    const keys = [];
    for (const one of entries) keys.push(await remember({ ...one, place: this.place }));
    await this.touch();
    let isLocked = false;
    if (this.isOn) {
      try {
        const answers = await this.post(entries);
        await forget(keys);
        answers.forEach((answer, at) => this.alone.learn(entries[at], answer));
        await this.save();
        return answers;
      } catch (error) {
        isLocked = error instanceof Locked;
        if (!isLocked && !(error instanceof Down)) {
          await forget(keys);
          throw error;
        }
        if (!isLocked) this.lose();
      }
    }
    const answers = await this.tell(entries, keys);
    if (isLocked) await this.reopen();
    else this.on.badge(await count(this.place), true);
    return answers;
  }

  async tell(entries, keys) {
    const answers = [];
    for (const [at, one] of entries.entries()) {
      const answer = { why: "", fix: "", offer: "", more: "", button: "", undo: false, who: null, book: null, loans: null, ...this.alone.answer(one) };
      answers.push(answer);
      if (!answer.meant) await forget([keys[at]]);
      else if (answer.meant !== "undo") await change(keys[at], { ...one, place: this.place, meant: answer.meant });
    }
    await this.save();
    return answers;
  }

  lose() {
    this.isOn = false;
    clearInterval(this.clock);
    this.clock = setInterval(() => this.probe(), AGAIN);
  }

  probe() {
    if (this.isOn || this.isProbing) return;
    this.isProbing = true;
    this.after(() => this.find()).catch(() => {}).finally(() => { this.isProbing = false; });
  }

  // Is it there again? Then first what waits, in order; then what the server knows by now.
  async find() {
    if (this.isShut) {
      await fetch(this.along, { method: "HEAD", signal: AbortSignal.timeout(PATIENCE) });
      return this.reopen();
    }
    const copy = this.alone.copy;
    try {
      await this.refresh();
      this.isOn = true;
      clearInterval(this.clock);
      await this.settle();
      if (copy !== this.alone.copy) await this.refresh();
    } catch (error) {
      this.failed(error);
    }
  }

  async failed(error) {
    if (error instanceof Locked) return this.reopen();
    if (error instanceof Down) {
      this.lose();
      this.on.badge(await count(this.place), true);
    }
  }

  async settle() {
    let rows = await waiting(this.place), size = PIECE;
    const surprises = [], number = rows.length;
    while (rows.length) {
      const piece = rows.slice(0, size), entries = piece.map((row) => row.entry);
      let answers = [];
      try {
        answers = await this.post(entries);
      } catch (error) {
        if (error instanceof Locked || error instanceof Down) throw error;
        if (piece.length > 1) {
          size = 1; // one that no server takes holds no other up
          continue;
        }
        surprises.push(this.words["k-refused"].replace("#", entries[0].code));
      }
      await forget(piece.map((row) => row.key));
      surprises.push(...answers.map((answer) => answer.surprise || (answer.tone === "note" ? answer.text : "")).filter(Boolean));
      rows = await waiting(this.place);
      this.on.badge(rows.length, false);
    }
    this.on.badge(0, false);
    if (number) this.on.settled(surprises, number);
  }

  // Locked: names and books leave this device, what still has to be sent stays.
  async close() {
    this.isShut = true;
    await wipe();
    this.alone = null;
    this.on.shut(await count(this.place));
    if (this.isOn) this.lose();
  }

  // Locked by hand.
  lock() {
    return this.after(async () => {
      await wipe();
      await keep("shut", true);
      if (this.isOn) this.on.lock();
      else await this.close();
    });
  }

  async reopen() {
    await wipe();
    location.reload();
  }
}

export const today = () => new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Amsterdam" });
