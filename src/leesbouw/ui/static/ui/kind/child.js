// Extras of the pages of children; every press is a form or a link that works without this file.
import { hush, say } from "./voice.js";

const $ = (css, from = document) => from.querySelector(css);
const $$ = (css, from = document) => [...from.querySelectorAll(css)];

// Three pictures without going to the server for each; the third press sends them.
function pick(form, button) {
  const most = Number(form.dataset.pictures), pressed = () => $$("[data-order]", form).sort((a, b) => a.dataset.order - b.dataset.order);
  if (button.dataset.order) {
    delete button.dataset.order;
    button.ariaPressed = "false";
    pressed().forEach((one, n) => { one.dataset.order = n + 1; });
  } else {
    button.dataset.order = pressed().length + 1;
    button.ariaPressed = "true";
    say(button.dataset.say, button);
  }
  const chosen = pressed();
  $$("[data-slot]", form).forEach((slot, n) => {
    slot.replaceChildren(...(chosen[n] ? [$("svg", chosen[n]).cloneNode(true), Object.assign(document.createElement("span"), { className: "vh", textContent: chosen[n].textContent.trim() })] : []));
  });
  const told = $("[data-left]", form);
  told.textContent = told.dataset.left.replace("{n}", most - chosen.length);
  if (chosen.length < most) return;
  $$("input[name=plaatje]", form).forEach(one => one.remove());
  for (const one of chosen) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "plaatje", value: one.value }));
  form.submit();
}

// A face beside a book stays on the page, so that the child hears what it pressed.
function send(button) {
  const form = button.form, body = new FormData(form, button), was = button.ariaPressed === "true";
  for (const one of $$("[data-send]", form)) one.ariaPressed = String(one === button && !was);
  if (!was) say(button.dataset.say, button);
  fetch(form.action, { method: "POST", body, redirect: "manual", credentials: "same-origin" }).catch(() => location.reload());
}

document.addEventListener("click", event => {
  const button = event.target.closest("button");
  if (!button) return;
  const form = button.closest("[data-pictures]");
  if (form && button.name === "plaatje") { event.preventDefault(); pick(form, button); return; }
  if ("send" in button.dataset) { event.preventDefault(); send(button); return; }
  if (button.dataset.say) say(button.dataset.say, button);
});
addEventListener("pagehide", hush);

// After a while without a press the page asks whether the child is still there; then it closes for the next child.
const stay = $("[data-idle]");
if (stay) {
  const seconds = Number(stay.dataset.idle), ask = $("[data-still-there]");
  let last = Date.now(), renewed = Date.now();
  const here = () => {
    last = Date.now();
    if (ask) ask.hidden = true;
    if (Date.now() - renewed > 60e3) { renewed = Date.now(); fetch(stay.dataset.here, { method: "HEAD", credentials: "same-origin" }).catch(() => {}); }
  };
  for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, here, { passive: true });
  setInterval(() => {
    const idle = (Date.now() - last) / 1000;
    if (idle >= seconds) location.replace(stay.dataset.leave);
    else if (ask && idle >= seconds - 40 && ask.hidden) { ask.hidden = false; $("button", ask).focus(); }
  }, 1000);
}
