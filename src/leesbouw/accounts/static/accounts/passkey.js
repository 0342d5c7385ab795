// Passkeys: allauth does the ceremony; this shows what only works with one, starts it, and says so when it fails.
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = true;
}

for (const part of document.querySelectorAll("[data-ceremony]")) {
  window.allauth.webauthn.forms[part.dataset.ceremony]({ ids: JSON.parse(part.dataset.ids) });
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const part of document.querySelectorAll("[data-passkey-failed]")) part.hidden = false;
});
