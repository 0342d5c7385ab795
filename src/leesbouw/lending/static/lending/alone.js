// What a desk without connection says: by the rules of the server, from the little that it knows, and remembered for later.
const CARD = /^2\d{11}$/;
const STUTTER = 20_000;

export const plainCode = (text) => text.trim().replace(/^\*+|\*+$/g, "").trim().toUpperCase().slice(0, 40);

// `copy`: { loans: { code: { title, who, due, late, lost, at } }, limits: { who: number }, cards: { code: who }, titles: { code: title }, undo: { request: … },
//   boxes: { code: { name, books: { code: title } } } }
export class Alone {
  constructor(copy, faces, groups, words) {
    this.copy = copy;
    this.faces = faces;
    this.groups = groups;
    this.words = words;
  }

  name(id) {
    return this.faces.find((one) => one.id === id)?.name ?? this.words["k-somebody"];
  }

  who(id) {
    if (!id) return null;
    const face = this.faces.find((one) => one.id === id);
    const group = id.startsWith("pupil:") ? this.groups.find((one) => one.id === face?.group)?.name : "";
    const limit = this.copy.limits?.[id] ?? null;
    return { id, name: this.name(id), group: group ?? "", left: limit === null ? null : Math.max(limit - this.open(id), 0) };
  }

  open(id) {
    return Object.values(this.copy.loans).filter((one) => one.who === id && !one.lost).length;
  }

  loansOf(id) {
    return Object.entries(this.copy.loans).filter(([, one]) => one.who === id).map(([code, one]) => ({ code, title: one.title, due: one.due, late: one.late, lost: Boolean(one.lost) }));
  }

  title(code) {
    return this.copy.loans[code]?.title ?? this.copy.titles[code] ?? this.say("k-book", code);
  }

  say(word, first = "", second = "") {
    return this.words[word].replace("#1", first).replace("#2", second).replace("#", first);
  }

  // `meant` is what is remembered; without it nothing happened.
  answer(entry) {
    if (entry.kind === "choose") return this.here(entry.borrower);
    if (entry.kind === "undo") return this.undo(entry);
    const code = plainCode(entry.code), loan = this.copy.loans[code], card = this.copy.cards[code];
    if (card && !loan) return this.here(card);
    const box = this.copy.boxes?.[code];
    if (box && !loan) return this.box(entry, code, box);
    if (CARD.test(code) && !loan) return { do: "ask", why: "unknown", fix: "aside", tone: "ask", text: this.words["k-card"], button: this.words["k-aside"] };
    if (entry.mode === "renew") return this.renew(entry, code);
    if (loan) return this.lent(entry, code, loan);
    if (entry.mode === "return") return this.back(entry, code, "");
    if (!entry.borrower) return { do: "ask", why: "no_borrower", fix: "choose", tone: "ask", text: this.say("k-whom", this.title(code)), button: this.words["k-choose"] };
    return this.lend(entry, code, "lend");
  }

  lent(entry, code, loan) {
    if (entry.mode === "row" || entry.mode === "return" || !entry.borrower) return this.back(entry, code, entry.mode === "row" ? loan.who : "");
    if (loan.who === entry.borrower) {
      if (loan.at && Date.parse(entry.at) - loan.at < STUTTER) return { do: "nothing", why: "just_done", tone: "note", text: this.say("k-just", this.name(loan.who)) };
      return this.back(entry, code, "");
    }
    if (entry.allowed.includes("with_other")) return this.lend(entry, code, "move");
    const other = this.name(loan.who);
    return { do: "ask", why: "with_other", fix: "move", tone: "ask", text: this.say("k-other", other), button: this.say("k-move", other, this.name(entry.borrower)) };
  }

  // A collection as a whole, for a group or a teacher: out, or back when it is out. What a child has is not in it.
  box(entry, code, box) {
    const whose = (one) => this.copy.loans[one]?.who ?? "", all = Object.keys(box.books);
    const out = all.filter((one) => /^(group|contact):/.test(whose(one))), hers = out.filter((one) => whose(one) === entry.borrower);
    const ask = (why, fix, text, button) => ({ do: "ask", why, fix, tone: "ask", text, button });
    if (entry.mode === "renew") return this.whole(entry, "renew", "renew", out, box);
    if (entry.mode === "return" || (out.length && (!entry.borrower || entry.mode === "row"))) return this.whole(entry, "give_back", "give_back", out, box);
    if (!entry.borrower) return ask("no_borrower", "choose", this.say("k-whom", box.name), this.words["k-choose"]);
    if (entry.borrower.startsWith("pupil:")) return ask("for_groups", "choose", this.say("k-groups", box.name), this.words["k-choose"]);
    if (hers.length) {
      if (hers.every((one) => Date.parse(entry.at) - (this.copy.loans[one].at ?? 0) < STUTTER)) return { do: "nothing", why: "just_done", tone: "note", text: this.say("k-has", this.name(entry.borrower), box.name) };
      return this.whole(entry, "give_back", "give_back", hers, box);
    }
    if (out.length && !entry.allowed.includes("with_other")) {
      const other = this.name(whose(out[0]));
      return ask("with_other", "move", this.say("k-stands", box.name, other), this.say("k-move", other, this.name(entry.borrower)));
    }
    return this.whole(entry, out.length ? "move" : "lend", "lend", all.filter((one) => !whose(one) || out.includes(one)), box);
  }

  whole(entry, what, meant, codes, box) {
    if (!codes.length) return { do: "nothing", tone: "note", text: this.say("k-none", box.name) };
    const word = { lend: "k-lend", give_back: "k-back", renew: "k-renew" }[meant];
    this.copy.undo[entry.request] = { loans: Object.fromEntries(codes.map((one) => [one, this.copy.loans[one] ?? null])) };
    for (const one of codes) {
      if (meant === "lend") this.copy.loans[one] = { title: box.books[one], who: entry.borrower, due: "", late: false, at: Date.parse(entry.at) };
      else if (meant === "give_back") delete this.copy.loans[one];
    }
    const who = this.who(entry.borrower);
    return { do: what, meant, tone: "good", text: this.say(word, `${box.name} (${codes.length})`), more: this.words["k-later"], undo: true, who, loans: who ? this.loansOf(who.id) : null };
  }

  here(id) {
    return { do: "choose", tone: "good", text: this.say("k-here", this.name(id)), who: this.who(id), loans: this.loansOf(id) };
  }

  lend(entry, code, what) {
    const title = this.title(code), limit = this.copy.limits?.[entry.borrower] ?? null;
    if (limit !== null && this.open(entry.borrower) >= limit && !entry.allowed.includes("too_many")) {
      return { do: "ask", why: "too_many", fix: "lend", tone: "ask", text: this.say("k-many", this.name(entry.borrower)), button: this.words["k-anyway"] };
    }
    this.note(entry.request, code);
    this.copy.loans[code] = { title, who: entry.borrower, due: "", late: false, at: Date.parse(entry.at) };
    return this.done(what, "lend", this.say("k-lend", title), code, title, this.who(entry.borrower));
  }

  back(entry, code, who) {
    const title = this.title(code);
    this.note(entry.request, code);
    delete this.copy.loans[code];
    this.copy.titles[code] = title;
    const next = this.who(who);
    return { ...this.done("give_back", "give_back", this.say("k-back", title), code, title, next), loans: next ? this.loansOf(who) : null };
  }

  renew(entry, code) {
    const title = this.title(code);
    this.note(entry.request, code);
    return this.done("renew", "renew", this.say("k-renew", title), code, title, null);
  }

  done(what, meant, text, code, title, who) {
    return { do: what, meant, tone: "good", text, more: this.words["k-later"], undo: true, who, loans: null, book: { code, title, due: "" } };
  }

  undo(entry) {
    const before = this.copy.undo[entry.code];
    if (!before) return { do: "ask", tone: "ask", text: this.words["k-nothing"] };
    delete this.copy.undo[entry.code];
    for (const [code, loan] of Object.entries(before.loans ?? { [before.code]: before.loan })) {
      if (loan) this.copy.loans[code] = loan;
      else delete this.copy.loans[code];
    }
    const who = this.who(entry.borrower);
    return { do: "undone", meant: "undo", tone: "good", text: this.words["k-undone"], who, loans: who ? this.loansOf(who.id) : null };
  }

  note(request, code) {
    this.copy.undo[request] = { code, loan: this.copy.loans[code] ?? null };
  }

  // What the server answered, so that this desk knows it should the connection go.
  learn(entry, answer) {
    if (entry.kind === "undo") {
      if (answer.tone === "good") this.undo({ code: entry.code, borrower: "" });
      return;
    }
    const books = answer.books ?? (answer.book ? [answer.book] : []);
    if (!books.length || !["lend", "move", "renew", "give_back"].includes(answer.do)) return;
    this.copy.undo[entry.request] = { loans: Object.fromEntries(books.map((one) => [one.code, this.copy.loans[one.code] ?? null])) };
    for (const { code, title, due } of books) {
      if (answer.do === "give_back") {
        delete this.copy.loans[code];
        this.copy.titles[code] = title;
      } else {
        const who = answer.do === "renew" ? this.copy.loans[code]?.who ?? "" : answer.who?.id ?? entry.borrower;
        this.copy.loans[code] = { title, who, due, late: false, at: Date.parse(entry.at) };
      }
    }
  }
}
