// Follows work in the background: an element with data-poll="address" is replaced by what that address answers until it
// no longer asks. The pause grows, and nothing is asked while nobody looks.
const FIRST = 1000; // ms
const LONGEST = 10000;

function follow(element, pause = FIRST) {
  setTimeout(async () => {
    if (!element.isConnected) return;
    if (document.hidden) return follow(element, pause);
    try {
      const answer = await fetch(element.dataset.poll, { headers: { "HX-Request": "true" } });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const next = page.body.firstElementChild;
        if (next) {
          element.replaceWith(next);
          globalThis.htmx?.process(next);
          if (next.dataset.poll) follow(next, Math.min(pause * 1.3, LONGEST));
          else if (next.dataset.reload !== undefined) location.reload();
          return;
        }
      }
    } catch {
      // no network: try again later
    }
    follow(element, LONGEST);
  }, pause);
}

document.querySelectorAll("[data-poll]").forEach((element) => follow(element));
