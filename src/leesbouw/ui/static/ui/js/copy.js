// A button that copies a text of the page, with its headings, to the clipboard. Without script one selects it by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    const as = (type, value) => new Blob([value], { type });
    try {
      const item = { "text/plain": as("text/plain", text.innerText), "text/html": as("text/html", text.outerHTML) };
      await navigator.clipboard.write([new ClipboardItem(item)]);
    } catch {
      await navigator.clipboard.writeText(text.innerText);
    }
    const done = button.parentElement.querySelector("[data-copy-done]");
    if (done) done.hidden = false;
  });
}
