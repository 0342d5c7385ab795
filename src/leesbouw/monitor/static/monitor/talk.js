// Conversation mode by keyboard: arrows, space and page keys go from message to message. Links work without this.
const slides = [...document.querySelectorAll(".slide")];

function current() {
  const middle = window.innerHeight / 2;
  return slides.findIndex((slide) => {
    const box = slide.getBoundingClientRect();
    return box.top <= middle && box.bottom > middle;
  });
}

function go(step) {
  const next = slides[Math.min(Math.max(current() + step, 0), slides.length - 1)];
  next?.scrollIntoView({ block: "start" });
  const heading = next?.querySelector("h2");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };

document.addEventListener("keydown", (event) => {
  const onControl = event.target.closest?.("a, button, summary, input");
  if (!(event.key in STEPS) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (onControl && event.key === " ") return;
  event.preventDefault();
  go(STEPS[event.key]);
});
