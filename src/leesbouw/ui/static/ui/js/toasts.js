// A message leaves after 20 seconds, unless somebody points at it or stands in it. Mistakes stay until they are closed.
const STAYS = 20000;
const region = document.querySelector("[data-toasts]");

function begin(toast) {
  const close = region.querySelector("template[data-close]")?.content.firstElementChild.cloneNode(true);
  if (close) {
    close.addEventListener("click", () => toast.remove());
    toast.append(close);
  }
  if (toast.classList.contains("error")) return;
  let left = STAYS;
  let since = Date.now();
  let timer = setTimeout(() => toast.remove(), left);
  const hold = () => {
    clearTimeout(timer);
    left -= Date.now() - since;
  };
  const go = () => {
    if (toast.matches(":hover, :focus-within")) return;
    clearTimeout(timer);
    since = Date.now();
    timer = setTimeout(() => toast.remove(), Math.max(left, 3000));
  };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusout", () => setTimeout(go));
}

if (region) {
  region.querySelectorAll(".toast").forEach(begin);
  // Messages that come later, with an answer of htmx.
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.classList?.contains("toast")) begin(node);
    }
  }).observe(region, { childList: true });
}
