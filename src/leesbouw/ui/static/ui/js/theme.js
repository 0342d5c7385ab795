// Changes light and dark at once; the server keeps the choice in a cookie, so the next page comes in the right colours.
const MEDIA = { dark: "screen", light: "not all", "": "screen and (prefers-color-scheme: dark)" };

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-theme-switch]");
  if (!form) return;
  event.preventDefault();
  const theme = event.submitter.value;
  document.getElementById("dark").media = MEDIA[theme];
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button === event.submitter));
  }
  await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "manual" });
});
