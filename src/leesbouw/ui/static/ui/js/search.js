// Suggestions under the search box: Ctrl-K or `/` goes there, arrows walk, Enter opens, Esc closes.
const form = document.querySelector("[data-search]");
const PAUSE = 120; // ms of rest before we ask
const LEAST = 2; // letters

if (form) {
  const input = form.querySelector("input[type=search]");
  const none = form.querySelector("template[data-none]");
  const box = document.createElement("div");
  box.className = "hits";
  box.id = "zoek-hits";
  box.hidden = true;
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", form.querySelector("label").textContent);
  form.append(box);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": box.id, "aria-expanded": "false" })) {
    input.setAttribute(name, value);
  }
  let options = [];
  let at = -1;
  let timer;
  let asked;

  const show = (visible) => {
    box.hidden = !visible;
    input.setAttribute("aria-expanded", String(visible));
    if (!visible) mark(-1);
  };
  const mark = (next) => {
    options[at]?.setAttribute("aria-selected", "false");
    at = next;
    if (options[at]) {
      options[at].setAttribute("aria-selected", "true");
      options[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[at].id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };
  const ask = async () => {
    const text = input.value.trim();
    if (text.length < LEAST) return show(false);
    asked?.abort();
    asked = new AbortController();
    try {
      const query = new URLSearchParams({ q: text, fragment: "1" });
      const answer = await fetch(`${form.action}?${query}`, { signal: asked.signal });
      if (!answer.ok) return show(false);
      box.innerHTML = await answer.text();
    } catch {
      return; // another letter came, or there is no network: Enter still works
    }
    options = [...box.querySelectorAll("a")];
    at = -1;
    for (const list of box.querySelectorAll("section, ul, li")) list.setAttribute("role", "presentation");
    options.forEach((option, number) => {
      option.id = `zoek-hit-${number}`;
      option.tabIndex = -1;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
    });
    if (!options.length && none) box.replaceChildren(none.content.cloneNode(true));
    mark(-1);
    show(document.activeElement === input);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !box.hidden && options.length) {
      event.preventDefault();
      mark((at + step + options.length) % options.length);
    } else if (event.key === "Enter" && options[at]) {
      event.preventDefault();
      options[at].click();
    } else if (event.key === "Escape") {
      if (box.hidden) input.blur();
      show(false);
    }
  });
  input.addEventListener("focus", () => input.select());
  form.addEventListener("focusout", () => setTimeout(() => form.contains(document.activeElement) || show(false), 150));
  document.addEventListener("keydown", (event) => {
    const controlK = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !event.target.closest?.("input, textarea, select, [contenteditable], dialog") && localStorage.getItem("leesbouw.keys") !== "off";
    if (!controlK && !slash) return;
    event.preventDefault();
    input.focus();
  });
}
