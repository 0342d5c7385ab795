// Keeps a long list on this device while somebody fills it in, hides what an answer skips, counts the minutes.
// Without this file the list is one plain form.
const WEEK = 7 * 24 * 3600e3;
const key = `leesbouw-lijst ${location.pathname.split("/")[2]?.slice(0, 8)}`;
const form = document.querySelector("form[data-list]");
const began = Date.now();
const store = {
  read() { try { const kept = JSON.parse(localStorage.getItem(key)); return kept && Date.now() - kept.at < WEEK ? kept.pairs : null; } catch { return null; } },
  keep(pairs) { try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), pairs })); } catch { /* then it is not kept */ } },
  wipe() { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
};
if (document.querySelector("[data-wipe]")) store.wipe();
document.querySelector("[data-errors]")?.focus();

if (form) {
  const questions = [...form.querySelectorAll("[data-item]")];
  const fields = (code) => [...form.querySelectorAll(`[name="${code}"]`)];
  const skipped = (question) => {
    const gate = question.dataset.if;
    if (!gate) return false;
    const before = questions.find((one) => one.dataset.item === gate);
    if (before && skipped(before)) return true;
    const given = fields(gate).filter((one) => one.checked).map((one) => one.value);
    return given.length > 0 && !given.some((value) => question.dataset.values.split(" ").includes(value));
  };
  const route = () => questions.forEach((one) => { one.hidden = skipped(one); });
  const pairs = () => [...new FormData(form)].filter(([name, value]) => value && !["csrfmiddlewaretoken", "ticket", "minutes"].includes(name));
  const kept = store.read();
  if (kept?.length && !("fresh" in form.dataset)) {
    for (const [name] of kept) for (const one of fields(name)) if (one.type === "radio" || one.type === "checkbox") one.checked = false;
    for (const [name, value] of kept)
      for (const one of fields(name))
        if (one.type === "radio" || one.type === "checkbox") one.checked ||= one.value === value;
        else one.value = value;
    document.querySelector("[data-kept]").hidden = false;
  }
  form.addEventListener("change", ({ target }) => {
    if (target.type === "checkbox" && target.checked)
      for (const other of fields(target.name))
        if (other !== target && ("alone" in target.dataset || "alone" in other.dataset)) other.checked = false;
    route();
  });
  form.addEventListener("input", () => store.keep(pairs()));
  form.addEventListener("submit", () => {
    form.elements.minutes.value = Math.round((Date.now() - began) / 60e3);
    store.keep(pairs()); // until the server says that it has the list
  });
  route();
}
