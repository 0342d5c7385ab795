// Narrows a list while one types: <input data-sift="selector of items">. Without it the whole list is there.
const flat = (text) => text.normalize("NFKD").replace(/[^\p{L}\p{N} ]/gu, "").toLowerCase();

for (const field of document.querySelectorAll("[data-sift]")) {
  const items = [...document.querySelectorAll(field.dataset.sift)].map((item) => [item, flat(item.dataset.name ?? item.textContent)]);
  const groups = [...document.querySelectorAll("details:has([data-name])")];
  const begin = new Map(groups.map((group) => [group, group.open]));
  const box = field.closest("[data-sift-box]");
  const none = box.querySelector("[data-sift-none]");
  box.hidden = false;
  field.addEventListener("input", () => {
    const wish = flat(field.value.trim());
    for (const [item, name] of items) item.hidden = !name.includes(wish);
    for (const group of groups) {
      const hits = group.querySelector("[data-name]:not([hidden])") !== null;
      group.hidden = !hits;
      group.open = wish ? hits : begin.get(group);
    }
    none.hidden = items.some(([item]) => !item.hidden);
  });
  field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
}
