// Mistakes get the focus; a form is sent once; a dropped file lands in its field.
const SENT = "sent";
const HELD = 8000; // ms; a download leaves us on the page, and the request id still guards the server

document.querySelector("[data-focus]:not([data-still] *)")?.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset[SENT]) {
    event.preventDefault();
    return;
  }
  form.dataset[SENT] = "yes";
  setTimeout(() => release(form), HELD);
  // After this turn, so that the pressed button still goes along with the form.
  setTimeout(() => {
    for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
    event.submitter?.setAttribute("aria-busy", "true");
  });
});

function release(form) {
  delete form.dataset[SENT];
  for (const button of form.querySelectorAll("button[aria-disabled]")) {
    button.removeAttribute("aria-disabled");
    button.removeAttribute("aria-busy");
  }
}

addEventListener("pageshow", () => document.querySelectorAll(`form[data-${SENT}]`).forEach(release));

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => event.target.closest?.("[data-drop]")?.classList.add("over"));
}
for (const kind of ["dragleave", "drop"]) {
  document.addEventListener(kind, (event) => event.target.closest?.("[data-drop]")?.classList.remove("over"));
}
