// The tablet of children: sound with what came of a book, a scanner that types wherever one stands, and a camera where there is one.
import { play } from "./sounds.js";

const form = document.querySelector("[data-scan]");
const told = document.querySelector("[data-tone]");
if (told) play(told.dataset.tone);

if (form) {
  const field = form.elements.code;
  document.addEventListener("keydown", (event) => {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(INPUT|BUTTON|A)$/.test(document.activeElement?.tagName ?? "")) field.focus();
  });
  form.addEventListener("submit", (event) => {
    if (!field.value.trim() || form.dataset.sent) event.preventDefault();
    else form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => { delete form.dataset.sent; });
  if ("BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia) offerCamera(form, field);
}

// An extra beside a scanner: nothing of what the camera sees is kept or sent.
async function offerCamera(form, field) {
  const wanted = ["code_128", "code_39", "ean_13", "codabar", "itf", "qr_code"];
  const known = await BarcodeDetector.getSupportedFormats().catch(() => []);
  const formats = wanted.filter((one) => known.includes(one));
  if (!formats.length) return;
  const button = form.querySelector("[data-camera]"), video = form.querySelector("[data-video]");
  let stream = null;
  const stop = () => {
    stream?.getTracks().forEach((one) => one.stop());
    stream = null;
    video.hidden = true;
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (stream) return stop();
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      button.hidden = true; // nobody allowed it
      return;
    }
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    const detector = new BarcodeDetector({ formats });
    while (stream) {
      const found = await detector.detect(video).catch(() => []);
      if (found.length) {
        field.value = found[0].rawValue;
        stop();
        form.requestSubmit();
        return;
      }
      await new Promise((next) => setTimeout(next, 150));
    }
  });
  addEventListener("pagehide", stop);
}
