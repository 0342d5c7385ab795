// Keeps long texts while you write: form[data-autosave="address"] sends its fields after a pause and says when it did.
// The answer may hold a new version: {"version": 4}. The words stand in the page: templates data-saved, -saving, -offline, -conflict.
const PAUSE = 1200; // ms without a key
const LONGEST = 60000; // ms between two tries while offline

function begin(form) {
  const place = form.querySelector("[data-autosave-state]");
  const careful = form.querySelector("[data-autosave-names]"); // shown when the first name of a child stands in the text
  let timer;
  let busy = false;
  let again = false;
  let wait = 2000;

  const say = (state, late = false) => {
    const words = form.querySelector(`template[data-${state}]`);
    if (!place || !words) return;
    place.replaceChildren(words.content.cloneNode(true));
    place.classList.toggle("late", late);
    const clock = place.querySelector("[data-clock]");
    if (clock) clock.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  };
  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  };
  async function save() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    say("saving");
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "autosave" },
      });
      if (answer.status === 422 && careful) {
        const { names } = await answer.json();
        careful.querySelector("[data-names]").textContent = names.join(", ");
        careful.hidden = false;
        say("waits", true);
      } else if (answer.status === 409) say("conflict", true);
      else if (!answer.ok) throw new Error(String(answer.status));
      else {
        if (answer.headers.get("Content-Type")?.includes("json")) {
          const { version } = await answer.json();
          if (version !== undefined && form.elements.version) form.elements.version.value = version;
        }
        delete form.dataset.dirty;
        wait = 2000;
        if (careful && !careful.hidden) {
          if (careful.contains(document.activeElement)) form.querySelector("textarea")?.focus();
          careful.hidden = true;
          form.elements.sure.checked = false;
        }
        say("saved");
      }
    } catch {
      say("offline", true);
      later(wait);
      wait = Math.min(wait * 2, LONGEST);
    } finally {
      busy = false;
      if (again) {
        again = false;
        later(PAUSE);
      }
    }
  }
  form.addEventListener("input", () => {
    form.dataset.dirty = "yes";
    later(PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    delete form.dataset.dirty;
  });
  addEventListener("online", () => form.dataset.dirty && later(0));
}

document.querySelectorAll("form[data-autosave]").forEach(begin);

addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-autosave][data-dirty]")) event.preventDefault();
});
