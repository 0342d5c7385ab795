// A voice of the device itself, never one from the internet; without one the buttons are not there.
const root = document.documentElement;
const voice = () => window.speechSynthesis?.getVoices().find(v => v.localService && v.lang.toLowerCase().startsWith(root.lang));

export function hush() {
  window.speechSynthesis?.cancel();
  document.querySelectorAll(".speaking").forEach(one => one.classList.remove("speaking"));
}

export function say(text, lit) {
  hush();
  const own = voice();
  if (!own || !text) return;
  const words = Object.assign(new SpeechSynthesisUtterance(text), { voice: own, lang: own.lang, rate: 0.9 });
  words.onend = words.onerror = () => lit?.classList.remove("speaking");
  lit?.classList.add("speaking");
  speechSynthesis.speak(words);
}

const hear = () => root.classList.toggle("speaks", Boolean(voice()));
window.speechSynthesis?.addEventListener?.("voiceschanged", hear);
hear();
