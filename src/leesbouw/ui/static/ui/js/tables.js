// A row opens on a click beside its links; ticking rows shows how many; Shift ticks a range. Links and boxes do it alone too.
document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-href]");
  if (!row || event.target.closest("a, button, input, label, select, summary")) return;
  if (getSelection()?.toString()) return;
  if (event.ctrlKey || event.metaKey) open(row.dataset.href, "_blank", "noopener");
  else location.assign(row.dataset.href);
});

function begin(form) {
  const all = form.querySelector("[data-bulk-all]");
  const boxes = () => [...form.querySelectorAll("tbody input[type=checkbox][name]")];
  for (const hidden of form.querySelectorAll("[data-bulk-all], [data-bulk-told]")) hidden.hidden = false;
  let last;
  const tell = () => {
    const rows = boxes();
    const count = rows.filter((box) => box.checked).length;
    for (const place of form.querySelectorAll("[data-bulk-count]")) place.textContent = count;
    form.querySelector(".bulk")?.classList.toggle("on", count > 0);
    if (all) {
      all.checked = count > 0 && count === rows.length;
      all.indeterminate = count > 0 && count < rows.length;
    }
  };
  form.addEventListener("click", (event) => {
    const rows = boxes();
    const here = rows.indexOf(event.target);
    if (here < 0) return;
    const from = rows.indexOf(last);
    if (event.shiftKey && from >= 0) {
      for (const box of rows.slice(Math.min(from, here), Math.max(from, here) + 1)) box.checked = event.target.checked;
    }
    last = event.target;
    tell();
  });
  form.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes()) box.checked = all.checked;
    tell();
  });
  form.addEventListener("reset", () => setTimeout(tell));
  tell();
}

document.querySelectorAll("[data-bulk]").forEach(begin);
document.addEventListener("htmx:load", (event) => event.detail.elt.querySelectorAll?.("[data-bulk]").forEach(begin));
