// The desk: keeps one field ready, sends what is scanned and shows what came of it. Sentences come from the page and the server.
import { kept } from "./kept.js";
import { Link } from "./link.js";
import { play, setSound } from "./sounds.js";

const body = document.querySelector("[data-desk]");
const find = (selector, root = document) => root.querySelector(selector);
const form = find("[data-form]"), field = find("#scan"), said = find("[data-said]");
const whoBox = find("[data-who]"), loansList = find("[data-loans]"), facesForm = find("[data-faces]");
const facesList = find(".faces", facesForm), none = find("[data-none]"), previousButton = find("[data-previous]");
const groups = find("#groep");
const words = Object.fromEntries([...find('[data-t="words"]').content.querySelectorAll("[data-w]")].map((one) => [one.dataset.w, one.textContent]));
const commands = Object.fromEntries((body.dataset.commands || "").split(" ").filter(Boolean).map((pair) => pair.split("=")));
const IDLE = 3 * 60 * 1000;
let link = null; // of a paired desk, that goes on without a connection

const state = { who: null, loans: [], previous: null, been: new Set(), faces: [], last: null, busy: Promise.resolve(), idle: 0, acted: Date.now() };

const clone = (name) => find(`[data-t="${name}"]`).content.firstElementChild.cloneNode(true);
const newId = () => (crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`).replaceAll("-", "");
const mode = () => find("[name=mode]:checked", form).value;
const token = () => find("[name=csrfmiddlewaretoken]", form).value;

async function post(entries) {
  const address = body.dataset.process + (body.dataset.school ? `?school=${encodeURIComponent(body.dataset.school)}` : "");
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify({ now: new Date().toISOString(), entries }),
  });
  if (answer.status === 403) {
    location.reload();
    throw new Error("locked");
  }
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).answers;
}

// One at a time and in order, however quickly the scanner goes: a book that follows a card at once is for whose card it was.
function inOrder(work) {
  if (link) return link.after(work);
  const done = state.busy.then(work);
  state.busy = done.catch(() => {});
  return done;
}

// Each is an entry, or what makes it once it is its turn.
function send(...makers) {
  state.acted = Date.now();
  return inOrder(async () => {
    const entries = makers.map((one) => (typeof one === "function" ? one() : one));
    const answers = await (link ? link.deliver(entries) : post(entries));
    answers.forEach((answer, at) => show(entries[at], answer));
  }).catch((error) => {
    if (error.message !== "locked") tell({ tone: "ask", text: words.offline, more: "", button: "" });
  });
}

const entry = (code, more = {}) => ({ request: newId(), at: new Date().toISOString(), kind: "scan", code, borrower: state.who?.id ?? "", mode: mode(), allowed: [], ...more });

function show(sent, answer) {
  const changed = ["lend", "move", "give_back", "renew", "found"].includes(answer.do);
  if (changed) state.last = sent.request;
  if (answer.who) setWho(answer.who, answer.loans);
  if (answer.book) changeLoans(answer);
  tell(answer, sent);
  play(answer.tone);
}

function tell(answer, sent) {
  const box = clone("said");
  box.classList.add(answer.tone);
  find("b", box).textContent = answer.text;
  find("p span", box).textContent = answer.more;
  const fix = find("[data-fix]", box), undo = find("[data-undo]", box);
  fix.hidden = !answer.button;
  fix.textContent = answer.button;
  fix.addEventListener("click", () => mend(sent, answer));
  undo.hidden = !answer.undo;
  undo.addEventListener("click", () => takeBack(sent.request));
  said.replaceChildren(box);
  field.focus();
}

// The one button beside a sentence.
function mend(sent, answer) {
  said.replaceChildren();
  field.focus();
  if (answer.offer === "renew") {
    send(entry(sent.request, { kind: "undo" }), entry(sent.code, { mode: "renew" }));
  } else if (answer.fix === "choose") {
    pending = sent.code;
    (find(".face", facesList) || groups).focus();
  } else if (answer.fix && answer.fix !== "aside") {
    send(entry(sent.code, { mode: sent.mode, borrower: sent.borrower, allowed: [...sent.allowed, answer.why] }));
  }
}
let pending = ""; // a book that waits for a name

function takeBack(request) {
  if (request) send(entry(request, { kind: "undo" }));
}

function setWho(who, loans) {
  if (state.who && state.who.id !== who.id) state.previous = state.who;
  const same = state.who?.id === who.id;
  state.who = who;
  state.been.add(who.id);
  if (loans) state.loans = loans;
  else if (!same) state.loans = [];
  whoBox.hidden = false;
  find("[data-name]").textContent = who.name;
  const left = who.left === null ? "" : who.left === 0 ? words["left-0"] : who.left === 1 ? words["left-1"] : words["left-n"].replace("#", who.left);
  find("[data-left]").textContent = [who.group, left].filter(Boolean).join(" · ");
  form.elements.borrower.value = who.id;
  drawLoans();
  markFaces();
  clearTimeout(state.idle);
  state.idle = setTimeout(done, IDLE);
}

function changeLoans(answer) {
  const code = answer.book.code;
  if (["lend", "move"].includes(answer.do)) {
    state.loans = [{ code, title: answer.book.title, due: answer.book.due, now: true }, ...state.loans.filter((one) => one.code !== code)];
  } else if (answer.do === "give_back") {
    state.loans = state.loans.filter((one) => one.code !== code);
  } else if (answer.do === "renew") {
    state.loans = state.loans.map((one) => (one.code === code ? { ...one, due: answer.book.due, late: false } : one));
  }
  drawLoans();
}

function drawLoans() {
  loansList.replaceChildren(...state.loans.map((one) => {
    const line = clone("loan");
    find("b", line).textContent = one.title;
    find("span", line).textContent = one.lost ? words.lost : one.late ? words.late.replace("#", one.due) : [one.now ? words.just : "", one.due].filter(Boolean).join(" · ");
    line.classList.toggle("late", Boolean(one.late));
    return line;
  }));
}

function done() {
  clearTimeout(state.idle);
  if (state.who) state.previous = state.who;
  state.who = null;
  state.loans = [];
  whoBox.hidden = true;
  form.elements.borrower.value = "";
  said.replaceChildren();
  drawLoans();
  drawFaces();
  field.focus();
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const fitting = (typed) => {
  const wanted = plain(typed.trim());
  if (wanted.length < 2 || !/\p{L}/u.test(wanted)) return [];
  return state.faces.filter((one) => plain(one.name).split(" ").some((part) => part.startsWith(wanted)) || plain(one.name).startsWith(wanted));
};

function drawFaces(found = null) {
  const group = Number(groups.value);
  const shown = found ?? state.faces.filter((one) => group && one.group === group);
  none.hidden = shown.length > 0;
  facesList.replaceChildren(...shown.map((one) => {
    const line = clone("face"), button = find("button", line);
    find(".face-name", line).textContent = one.name;
    button.dataset.id = one.id;
    button.addEventListener("click", () => choose(one));
    return line;
  }));
  markFaces();
}

function markFaces() {
  for (const button of facesList.querySelectorAll(".face")) {
    const id = button.dataset.id || button.value, been = state.been.has(id), here = state.who?.id === id;
    button.classList.toggle("been", been);
    const sign = find(".been-sign", button);
    if (sign) sign.hidden = !been;
    if (here) button.setAttribute("aria-pressed", "true");
    else button.removeAttribute("aria-pressed");
  }
  previousButton.hidden = !state.previous || state.previous.id === state.who?.id;
  if (state.previous) find("[data-previous-name]").textContent = words.previous.replace("#", state.previous.name);
}

async function choose(one) {
  field.value = "";
  const book = pending;
  pending = "";
  await send(() => entry("", { kind: "choose", borrower: one.id }));
  if (book && state.who?.id === one.id) send(() => entry(book));
  if (!fitting(field.value).length) drawFaces();
}

function command(name) {
  if (name === "done") inOrder(done);
  else if (name === "undo") inOrder(() => takeBack(state.last));
  else if (name === "previous" && state.previous) choose(state.previous);
  else if (name) {
    const radio = find(`[name=mode][value="${name}"]`, form);
    if (radio) radio.checked = true;
    play("good");
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const code = field.value.trim();
  field.value = "";
  if (!code) {
    inOrder(done);
    return;
  }
  if (commands[code]) {
    command(commands[code]);
    return;
  }
  const found = fitting(code), exact = found.filter((one) => plain(one.name) === plain(code));
  if (found.length === 1 || exact.length === 1) choose(exact[0] ?? found[0]);
  else if (found.length > 1) {
    field.value = code;
    drawFaces(found);
    tell({ tone: "note", text: words.many, more: "", button: "" });
  } else scanned(code);
});

// In the way of working, and at the moment, in which it was scanned; for who is there when its turn comes.
function scanned(code) {
  const seen = { mode: mode(), at: new Date().toISOString() };
  send(() => entry(code, seen));
}

field.addEventListener("input", () => {
  const found = fitting(field.value);
  drawFaces(found.length ? found : null);
});

document.addEventListener("keydown", (event) => {
  state.acted = Date.now();
  if (event.key === "Escape") {
    field.value = "";
    inOrder(done);
  } else if (event.key === "F2" && state.previous) {
    event.preventDefault();
    choose(state.previous);
  } else if (event.key === "ArrowDown" && document.activeElement === field) {
    event.preventDefault();
    find(".face", facesList)?.focus();
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(INPUT|SELECT|TEXTAREA|BUTTON|SUMMARY|A)$/.test(document.activeElement?.tagName ?? "")) {
    field.focus(); // a scanner types wherever one stands
  } else if (/^[0-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey && document.activeElement !== field) {
    field.focus();
  }
});
find("[data-done]").addEventListener("click", (event) => {
  event.preventDefault();
  field.value = "";
  inOrder(done);
});
previousButton.addEventListener("click", () => choose(state.previous));
groups.addEventListener("change", () => {
  drawFaces();
  field.focus();
});
for (const one of form.querySelectorAll("[name=mode]")) one.addEventListener("change", () => field.focus());
for (const one of document.querySelectorAll("[data-groups] [data-plain]")) one.hidden = true;
facesForm.addEventListener("submit", (event) => event.preventDefault());
setSound(find("[data-sound]"));

if (body.dataset.locks) {
  const limit = Number(body.dataset.locks) * 1000;
  setInterval(() => {
    if (Date.now() - state.acted <= limit) return;
    state.acted = Date.now();
    if (link) link.after(() => (link.isOn ? link.reopen() : link.close()));
    else location.reload();
  }, 5000);
}

const shutBox = find("[data-shut]"), badge = find("[data-badge]"), surprises = find("[data-surprises]");
const counted = (word, number) => words[`${word}-${number < 2 && words[`${word}-${number}`] ? number : "n"}`].replace("#", number);
const on = {
  room(groups, faces) {
    state.faces = faces;
    if (!fitting(field.value).length) drawFaces();
  },
  badge(number, isOff) {
    badge.hidden = !isOff && !number;
    find("b", badge).textContent = badge.hidden ? "" : counted(isOff ? "off" : "on", number);
  },
  settled(told, number) {
    find("b", badge).textContent = counted("settled", number);
    badge.hidden = false;
    setTimeout(() => link.isOn && on.badge(0, false), 8000);
    if (state.who) send(entry("", { kind: "choose", borrower: state.who.id }));
    if (!told.length) return;
    find("ul", surprises).append(...told.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    surprises.hidden = false;
    play("ask");
  },
  shut(number) {
    state.faces = [];
    done();
    state.previous = null;
    find("[data-name]").textContent = find("[data-left]").textContent = find("[data-previous-name]").textContent = "";
    said.replaceChildren();
    find("[data-main]").hidden = badge.hidden = true;
    shutBox.hidden = false;
    find("[data-shut-waiting]").textContent = number ? counted("wait", number) : "";
    shutBox.focus();
  },
  lock() {
    find("[data-lock]").submit();
  },
};
find("[data-surprises-seen]").addEventListener("click", () => {
  surprises.hidden = true;
  find("ul", surprises).replaceChildren();
  field.focus();
});

async function beginPaired() {
  try {
    await kept("open");
  } catch {
    return beginSignedIn(); // a browser that keeps nothing: then every scan needs the connection
  }
  link = new Link({ place: body.dataset.place, process: body.dataset.process, along: body.dataset.along, opens: Number(body.dataset.locks) * 1000, words, on });
  find("[data-lock]").addEventListener("submit", (event) => {
    event.preventDefault();
    link.lock();
  });
  await link.after(() => link.start());
  body.dataset.ready = "yes";
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(body.dataset.worker);
  const parts = [...document.querySelectorAll("link[href], script[src]")].map((one) => one.href || one.src);
  const loaded = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.includes("/static/"));
  const told = new MessageChannel();
  told.port1.onmessage = () => { body.dataset.kept = "yes"; }; // from now on it goes on without a connection
  (await navigator.serviceWorker.ready).active.postMessage({ parts: [...new Set([...parts, ...loaded])], shell: link.isOn }, [told.port2]);
}

function beginSignedIn() {
  const address = body.dataset.names + (body.dataset.school ? `?school=${encodeURIComponent(body.dataset.school)}` : "");
  fetch(address).then((answer) => (answer.ok ? answer.json() : { faces: [] })).then((room) => {
    state.faces = room.faces;
    drawFaces();
    body.dataset.ready = "yes";
  });
}

if (body.dataset.along && "indexedDB" in window) beginPaired();
else beginSignedIn();
field.focus();
