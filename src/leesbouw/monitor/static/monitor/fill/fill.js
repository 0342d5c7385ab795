// One question at a time, read aloud, kept on this device while the connection drops. Without this file the page is a
// plain list with one button. Sentences stand in the page, in templates.
(() => {
  "use strict";
  const DRAFT = "leesbouw-lijst", QUEUE = "leesbouw-wacht", TWO_HOURS = 7200e3, RETRY = 15e3, LISTEN = 3e3;
  const root = document.documentElement;
  const $ = (css, from = document) => from.querySelector(css);
  const $$ = (css, from = document) => [...from.querySelectorAll(css)];

  // What this device remembers, for two hours at most
  const memory = {};
  function read(key) {
    let kept = memory[key];
    try { kept = JSON.parse(localStorage.getItem(key)) ?? kept; } catch { /* a device that keeps nothing */ }
    if (!kept) return null;
    if (Date.now() - kept.at < TWO_HOURS) return kept;
    forget(key);
    return null;
  }
  function keep(key, value) {
    memory[key] = { ...value, at: Date.now() };
    try { localStorage.setItem(key, JSON.stringify(memory[key])); } catch { /* then in this page alone */ }
  }
  function forget(key) {
    delete memory[key];
    try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
  }
  const newReceipt = () => [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, "0")).join("");

  // Lists that wait to be sent, each for two hours of its own; the receipt makes that one is stored once however often
  // it leaves. One that came too late is held, until its child opens it again with a late code of its class.
  const lists = () => (read(QUEUE)?.lists ?? []).filter(one => Date.now() - one.at < TWO_HOURS);
  const waiting = () => lists().filter(one => !one.held);
  const without = receipt => lists().filter(one => one.receipt !== receipt);
  function queue(lists) {
    if (lists.length) keep(QUEUE, { lists }); else forget(QUEUE);
    const line = $("[data-waiting]");
    if (line) line.hidden = !waiting().length || Boolean($("[data-told]:not([hidden])"));
  }
  let sending = false, sent = "";
  async function send() {
    if (sending) return;
    sending = true;
    for (const list of waiting()) {
      let status = 0;
      try {
        status = (await fetch(list.url, { method: "POST", body: new URLSearchParams(list.pairs), headers: { Accept: "application/x-leesbouw" }, credentials: "omit", signal: AbortSignal.timeout?.(20e3) })).status;
      } catch { /* no connection: it waits */ }
      const mine = list.receipt === sent; // else the next child sits here, whose screen it does not touch
      if (status !== 204 && status !== 410 && status !== 404 && status !== 422) {
        if (mine) tell(status === 423 ? "paused" : "offline");
        continue;
      }
      const late = status === 410 || status === 404;
      queue(late ? [...without(list.receipt), { ...list, held: true }] : without(list.receipt));
      if (mine) tell(status === 204 ? "done" : "closed");
    }
    sending = false;
    queue(lists());
  }
  addEventListener("online", send);
  setInterval(() => {
    read(DRAFT); // which forgets one that is too old
    if ($("[data-told]")?.dataset.now === "offline" && !lists().some(one => one.receipt === sent)) tell("lapsed");
    if (read(QUEUE)) send();
  }, RETRY);

  // A voice of the device itself, never one from the internet; without one the buttons are not there
  const voice = () => window.speechSynthesis?.getVoices().find(v => v.localService && v.lang.toLowerCase().startsWith(root.lang));
  const hear = () => { root.classList.toggle("speaks", Boolean(voice())); lookBelow(); };
  let turn = 0;
  async function say(elements) {
    const mine = ++turn;
    window.speechSynthesis?.cancel();
    for (const element of elements) {
      if (mine !== turn || !voice()) return;
      const text = element.textContent.trim();
      const lit = element.closest("li") ?? element;
      await new Promise(done => {
        const words = Object.assign(new SpeechSynthesisUtterance(text), { voice: voice(), lang: voice().lang, rate: 0.9 });
        words.onend = words.onerror = done;
        lit.classList.add("speaking");
        speechSynthesis.speak(words);
      });
      lit.classList.remove("speaking");
    }
  }
  const hush = () => { turn++; window.speechSynthesis?.cancel(); $$(".speaking").forEach(e => e.classList.remove("speaking")); };

  let form, steps, at, receipt, began, started = false, following = "", poll;

  function tell(panel) {
    const place = $("[data-told]"), words = $(`[data-panel="${panel}"]`);
    if (!place || !words || place.dataset.now === panel) return;
    place.dataset.now = panel;
    place.replaceChildren(words.content.cloneNode(true));
    form.hidden = $("[data-head]").hidden = true;
    place.hidden = false;
    const again = $("a", place);
    if (again) again.href = location.pathname;
    $("h1", place).focus();
    hush();
  }
  function untell() {
    const place = $("[data-told]");
    place.hidden = true;
    delete place.dataset.now;
    form.hidden = false;
  }

  const chosen = code => $$(`[name="${code}"]`, form).filter(i => i.checked).map(i => i.value);
  function isAsked(step) {
    const groups = step.dataset.groups, gate = step.dataset.if;
    const year = chosen($("[data-years]", form)?.dataset.step ?? "-")[0];
    if (groups && year && !groups.split(" ").includes(year)) return false;
    if (!gate) return true;
    const before = steps.find(s => s.dataset.step === gate);
    if (before && !isAsked(before)) return false;
    const given = chosen(gate);
    return !given.length || given.some(v => step.dataset.values.split(" ").includes(v));
  }
  const asked = () => steps.filter(isAsked);

  function show(step, focus = true) {
    hush();
    at = step;
    steps.forEach(s => { s.hidden = s !== step; });
    const questions = asked().filter(s => s.dataset.step && s.dataset.step !== "end"), n = questions.indexOf(step);
    $("[data-head]").hidden = false;
    $("[data-wall]").replaceChildren(...questions.map((_, i) => Object.assign(document.createElement("i"), { className: i === n ? "now" : i < n || step.dataset.step === "end" ? "did" : "" })));
    const fill = name => $(`[data-words="${name}"]`).content.textContent.replace("{n}", n + 1).replace("{all}", questions.length);
    $("[data-count]").textContent = n < 0 ? "" : fill(following ? "reading" : "count");
    document.title = `${n < 0 ? $("h1,h2", step).textContent : fill("count")} – Leesbouw`;
    $("[data-back]").disabled = following || asked()[0] === step;
    $("[data-next]").disabled = following || step.dataset.step === "end";
    $("[data-steps]").hidden = Boolean(following);
    if (focus) scrollTo(0, 0);
    lookBelow();
    if (!focus) return;
    $("h1,h2", step).focus({ preventScroll: true });
    save();
    if (started && "aloud" in document.body.dataset && !following) say($$("[data-say]", step));
  }
  // Says that there is more below the edge, so that no answer is passed by because nobody saw it
  function lookBelow() {
    if (!at) return;
    const more = $("[data-more]"), last = [...at.children].findLast(e => e.getClientRects().length);
    more.hidden = true; // measured without it, because it takes room itself
    more.hidden = Boolean(following) || !last || last.getBoundingClientRect().bottom <= $("[data-steps]").getBoundingClientRect().top + 4;
  }
  function move(by) {
    const list = asked(), next = list[list.indexOf(at) + by];
    if (!next) return;
    if (!started && by > 0) { started = true; began = began || Date.now(); look(); }
    show(next);
  }

  const pairs = () => [...new FormData(form)].filter(([name, value]) => value && name !== "practice");
  const answers = () => pairs().filter(([name]) => !["receipt", "mode", "minutes"].includes(name));
  function save() {
    if (started) keep(DRAFT, { list: document.body.dataset.list, pairs: pairs(), step: at.dataset.step, receipt, began });
  }
  // What may be gone on with here: what this child began, else one that came too late, where its own class goes on; not
  // for a child who said before that it is not hers
  const isThisList = one => one?.list === document.body.dataset.list;
  let left = null;
  async function offer() {
    left = [read(DRAFT)].find(isThisList) ?? await late();
    if (left && !started) tell("resume");
  }
  async function late() {
    for (const one of lists().filter(one => one.held && !one.passed && isThisList(one)))
      try {
        if ((await (await fetch(`stand/?van=${one.url.split("/")[2]}`, { credentials: "omit" })).json()).same) return one;
      } catch { /* no connection: not now */ }
    return null;
  }
  const passed = is => lists().map(one => one.held ? { ...one, passed: is } : one);
  function resume(draft) {
    for (const [name, value] of draft.pairs)
      for (const input of $$(`[name="${name}"]`, form))
        if (input.type === "radio" || input.type === "checkbox") input.checked ||= input.value === value;
        else if (input.type !== "hidden") input.value = value;
    receipt = draft.receipt;
    began = draft.began;
    started = true;
    queue(without(receipt));
    untell();
    look();
    const there = draft.held ? "end" : draft.step;
    show(asked().find(s => s.dataset.step === there) ?? steps[0]);
  }

  function submit(event) {
    event.preventDefault();
    const nothing = !answers().length;
    $("[data-nothing]").hidden = !nothing;
    if (nothing) return;
    form.elements.receipt.value = receipt;
    form.elements.minutes.value = Math.round((Date.now() - began) / 60e3);
    const list = { url: location.pathname, list: document.body.dataset.list, receipt, began, at: Date.now(), pairs: pairs() };
    forget(DRAFT);
    started = false;
    sent = receipt;
    form.reset();
    queue([...passed(false), list]);
    send();
  }

  // What the teacher does: a pause, or reading a question to everybody. Looked at as long as a child fills in.
  async function look() {
    let state = null;
    clearTimeout(poll);
    try { state = await (await fetch("stand/", { credentials: "omit" })).json(); } catch { /* no connection: later */ }
    if (!started) return;
    const told = $("[data-told]").dataset.now;
    if (state?.told === "paused") tell("paused"); else if (state && told === "paused") { untell(); show(at); }
    if (state && state.item !== following) {
      following = state.item;
      if (following) form.elements.mode.value = "class";
      const step = steps.find(s => s.dataset.step === following);
      if (state.told !== "paused") show(step && isAsked(step) ? step : at);
    }
    poll = setTimeout(look, following || $("[data-told]").dataset.now === "paused" ? LISTEN : RETRY);
  }

  function keys(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || form.hidden) return;
    const field = event.target, writes = field.matches("textarea, input:not([type=radio]):not([type=checkbox])");
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const ahead = event.key === "Enter" && !field.matches("button, a, textarea") && at.dataset.step !== "end";
    if (following && (way || ahead)) { if (ahead) event.preventDefault(); return; } // the teacher turns the page
    if (way && !writes) { event.preventDefault(); move(way); }
    else if (ahead) { event.preventDefault(); move(1); }
    else if (/^[1-9]$/.test(event.key) && !writes) {
      const input = $$(".answers input", at)[event.key - 1];
      if (input) { input.focus(); input.click(); }
    }
  }

  function ready() {
    const again = document.body.dataset.again;
    if (again) setTimeout(() => location.reload(), again * 1000);
    form = $("[data-form]");
    if (!form) { send(); return; }
    document.body.classList.add("js");
    steps = $$("[data-step]", form);
    for (const head of $$(".step:not(.intro) h2", form)) { head.setAttribute("role", "heading"); head.setAttribute("aria-level", "1"); } // each is alone on its screen
    receipt = newReceipt();
    hear();
    window.speechSynthesis?.addEventListener?.("voiceschanged", hear);
    for (const line of $$(".answers li", form)) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "say" });
      button.append($(".listen svg", form).cloneNode(true), Object.assign(document.createElement("span"), { className: "vh", textContent: `${$(".listen", form).textContent.trim()}: ${$("[data-say]", line).textContent}` }));
      button.addEventListener("click", () => { aloud(); say([$("[data-say]", line)]); });
      line.append(button);
    }
    const aloud = () => { if (form.elements.mode.value === "alone") form.elements.mode.value = "aloud"; };
    form.addEventListener("click", event => {
      if (event.target.closest("[data-listen]")) { aloud(); say($$("[data-say]", at)); }
      if (event.target.closest("[data-back]")) move(-1);
      if (event.target.closest("[data-next]")) move(1);
      if (event.target.closest("[data-more]")) scrollBy({ top: innerHeight / 2, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    });
    form.addEventListener("change", event => {
      const input = event.target;
      if (input.type === "checkbox" && input.checked)
        for (const other of $$(`[name="${input.name}"]`, form))
          if (other !== input && ("alone" in input.dataset || "alone" in other.dataset)) other.checked = false;
      save();
    });
    form.addEventListener("input", save);
    form.addEventListener("submit", submit);
    document.addEventListener("keydown", keys);
    $("[data-bigger]").addEventListener("click", event => {
      const on = document.body.classList.toggle("larger");
      event.currentTarget.setAttribute("aria-pressed", on);
      lookBelow();
    });
    for (const kind of ["scroll", "resize"]) addEventListener(kind, () => requestAnimationFrame(lookBelow), { passive: true });
    $("[data-told]").addEventListener("click", event => {
      if (event.target.closest("[data-resume]")) resume(left);
      if (event.target.closest("[data-anew]")) {
        if (left.held) queue(passed(true)); else forget(DRAFT);
        untell();
        show(steps[0]);
      }
    });
    addEventListener("pageshow", event => { if (event.persisted) location.reload(); });
    form.reset();
    show(steps[0], false);
    offer();
    if (read(QUEUE)) send();
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready); else ready();
})();
