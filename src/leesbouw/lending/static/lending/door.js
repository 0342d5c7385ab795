// The locked desk: no names stay on the device, and it says how much still waits to be sent.
import { count, keep, wipe } from "./kept.js";

const box = document.querySelector("[data-waiting]");
try {
  await wipe();
  await keep("shut", false);
  const number = await count(box?.dataset.place ?? "");
  if (number && box) {
    box.textContent = (number === 1 ? box.dataset.one : box.dataset.more).replace("#", number);
    box.hidden = false;
  }
} catch { /* a browser that keeps nothing */ }
