// Quick keys. A link or button names its key in data-key ("g s", "n"); `?` shows the list; one-letter keys can be off.
const STORE = "leesbouw.keys";
const WAIT = 1200; // ms in which the second letter of "g s" must come
let first = "";
let timer;

const on = () => localStorage.getItem(STORE) !== "off";
const typing = (element) => element.closest?.("input, textarea, select, [contenteditable], dialog");

function press(key) {
  if (key === "u") return [...document.querySelectorAll(".toast [data-undo]")].at(-1)?.click();
  const named = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (named) return named.click();
  if (key === "n") document.querySelector(".head .go")?.click();
}

function showSheet() {
  const template = document.getElementById("toetsen");
  if (!template) return;
  document.body.append(template.content.cloneNode(true));
  const dialog = document.body.lastElementChild;
  const box = dialog.querySelector("[data-keys-on]");
  box.checked = on();
  box.addEventListener("change", () => localStorage.setItem(STORE, box.checked ? "on" : "off"));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  if (event.key === "?") {
    event.preventDefault();
    return showSheet();
  }
  if (!on() || event.key.length !== 1) return;
  clearTimeout(timer);
  const key = first ? `${first} ${event.key}` : event.key;
  first = "";
  if (key === "g") {
    first = "g";
    timer = setTimeout(() => (first = ""), WAIT);
  } else if (key !== "/") {
    press(key);
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-show-keys]")) showSheet();
});
