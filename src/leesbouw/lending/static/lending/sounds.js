// Three sounds, unlike the beep of a scanner: it went well, there is something to know, look at the screen.
const TONES = { good: [[660, 0], [880, 0.09]], note: [[520, 0]], ask: [[330, 0], [262, 0.16]] };
const KEPT = "balie-geluid";
let context = null, isOn = true;

export function play(tone) {
  if (!isOn || !("AudioContext" in window)) return;
  context ??= new AudioContext();
  for (const [height, after] of TONES[tone] ?? []) {
    const source = context.createOscillator(), volume = context.createGain(), at = context.currentTime + after;
    source.frequency.value = height;
    volume.gain.setValueAtTime(0.18, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.14);
    source.connect(volume).connect(context.destination);
    source.start(at);
    source.stop(at + 0.15);
  }
}

// A button that remembers on this device whether one wants to hear it.
export function setSound(button) {
  const show = () => button.setAttribute("aria-pressed", String(isOn));
  try {
    isOn = localStorage.getItem(KEPT) !== "uit";
  } catch {
    isOn = true;
  }
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    isOn = !isOn;
    try {
      localStorage.setItem(KEPT, isOn ? "aan" : "uit");
    } catch { /* a browser that keeps nothing */ }
    show();
    play("good");
  });
}
