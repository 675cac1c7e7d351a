// Saves a form[data-autosave=URL] while somebody types, and shows the sentence that the server answers.

const PAUSE = 1500;

function status(form) {
  return form.querySelector("[data-autosave-status]") ?? document.querySelector("[data-autosave-status]");
}

function tell(form, sentence) {
  const place = status(form);
  if (place && sentence) place.textContent = sentence;
}

function sentenceOf(text) {
  return new DOMParser().parseFromString(text, "text/html").body.textContent.trim();
}

async function save(form, state, leaving = false) {
  if (!state.dirty) return;
  state.dirty = false;
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
      headers: { "X-Requested-With": "autosave", Accept: "text/html" },
      keepalive: leaving,
    });
    if (leaving) return;
    if (answer.redirected || (answer.status >= 400 && answer.status !== 409)) throw new Error(answer.status);
    tell(form, sentenceOf(await answer.text()));
    if (answer.ok && !state.dirty) form.dispatchEvent(new CustomEvent("hr:saved", { bubbles: true }));
  } catch {
    state.dirty = true;
    tell(form, status(form)?.dataset.failed);
  }
}

function watch(form) {
  if (form.dataset.autosaveOn) return;
  form.dataset.autosaveOn = "yes";
  const state = { dirty: false, timer: 0 };
  const later = () => {
    state.dirty = true;
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(form, state), PAUSE);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => {
    clearTimeout(state.timer);
    state.dirty = false;
  });
  addEventListener("pagehide", () => save(form, state, true));
}

function start(root) {
  root.querySelectorAll("form[data-autosave]").forEach(watch);
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.target.parentNode ?? document));
