// Saves a form[data-autosave=URL] while somebody types, and keeps trying when that fails. What is not saved stays
// in the page and nowhere else (docs/adr/0017), and the form is not sent before it is.

import { renew } from "./token.js";

const PAUSE = 1500;
const PATIENCE = 20_000;
const SLOWEST = 30_000;
const GONE = [404, 410, 413]; // no longer there for this person, or too much: trying again seldom helps
const forms = new Map();

function place(form, selector) {
  return form.querySelector(selector) ?? document.createElement("span");
}

function labelOf(form, name) {
  const field = form.elements[name];
  const label = (field?.labels ?? field?.[0]?.closest?.("fieldset")?.querySelectorAll("legend"))?.[0];
  const shown = [...label?.querySelectorAll("[data-kind]") ?? []].find((each) => each.offsetParent); // one of its kinds
  return (shown ?? label?.firstChild)?.textContent.trim() || name;
}

function tell(form, sentence, leftOut = []) {
  const status = place(form, "[data-autosave-status]");
  const names = leftOut.map((name) => labelOf(form, name)).join(", ");
  const words = names ? `${sentence}, ${status.dataset.leftOut.replace("#", names)}` : sentence;
  if (status.textContent !== words) status.textContent = words; // said once, not at every save
}

function show(form, state, away) {
  if (state.away === away) return;
  state.away = away;
  form.querySelectorAll("[data-away]").forEach((each) => { each.hidden = each.dataset.away !== away; });
  if (away) tell(form, "");
}

async function post(form, leaving) {
  renew(form);
  return fetch(form.dataset.autosave, {
    method: "POST",
    body: new FormData(form),
    credentials: "same-origin",
    headers: { "X-Requested-With": "autosave", "X-Person": document.body.dataset.person },
    keepalive: leaving,
    signal: leaving ? undefined : AbortSignal.timeout(PATIENCE),
  });
}

function failed(form, state, away) {
  show(form, state, away);
  state.tries += 1;
  later(form, Math.min(SLOWEST, PAUSE * 2 ** state.tries));
}

async function heard(form, state, answer, changes) {
  if (answer.redirected || answer.status === 401) return failed(form, state, "signed-out");
  if (GONE.includes(answer.status)) return failed(form, state, "closed");
  if (!answer.ok && answer.status !== 409) return failed(form, state, "offline");
  const sentence = await answer.text();
  const leftOut = answer.headers.get("X-Left-Out")?.split(" ") ?? [];
  const home = answer.headers.get("Content-Location");
  // Reloading, or signing in again, comes back to what was begun here.
  if (home && home !== location.pathname) history.replaceState(history.state, "", home);
  show(form, state, "");
  tell(form, sentence, leftOut);
  state.tries = 0;
  if (!answer.ok || leftOut.length || state.changes !== changes) return;
  state.dirty = false;
  form.dispatchEvent(new CustomEvent("hr:saved", { bubbles: true }));
}

async function trySave(form, state) {
  clearTimeout(state.timer);
  const changes = state.changes;
  try {
    await heard(form, state, await post(form, false), changes);
  } catch {
    failed(form, state, "offline");
  }
}

/** One at a time, in order. */
function save(form) {
  const state = forms.get(form);
  state.saving = state.saving.then(() => (state.dirty && form.isConnected ? trySave(form, state) : undefined));
  return state.saving;
}

function later(form, pause) {
  const state = forms.get(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), pause);
}

function changed(form) {
  const state = forms.get(form);
  state.dirty = true;
  state.changes += 1;
  if (!state.away) later(form, PAUSE);
}

/** What is not saved yet is saved first; only then the form goes, once, however often the button is pressed. */
async function hold(form, state, button) {
  if (state.holding) return;
  state.holding = true;
  await save(form);
  state.holding = false;
  if (state.away) return place(form, `[data-away="${state.away}"]`).scrollIntoView({ block: "nearest" });
  clearTimeout(state.timer);
  state.sent = true;
  form.requestSubmit(button);
  state.sent = false;
}

function onSubmit(event) {
  const state = forms.get(event.target);
  if (!state) return;
  if (state.dirty && !state.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    hold(event.target, state, event.submitter);
  } else {
    clearTimeout(state.timer);
    state.dirty = false;
  }
}

function again() {
  forms.forEach((state, form) => { if (state.away) save(form); });
}

function watch(form) {
  if (forms.has(form)) return;
  forms.set(form, { dirty: false, changes: 0, tries: 0, timer: 0, away: "", saving: Promise.resolve() });
  form.addEventListener("input", () => changed(form));
  form.addEventListener("change", () => changed(form));
  // A part of the page that could not be sent: the text is back where it was, and not saved.
  for (const lost of ["htmx:sendError", "htmx:responseError"]) {
    form.addEventListener(lost, (event) => { if (event.target === form) changed(form); });
  }
}

function start(root) {
  forms.forEach((state, form) => { if (!form.isConnected) forms.delete(form); });
  root.querySelectorAll("form[data-autosave]").forEach(watch);
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.target.parentNode ?? document));
document.addEventListener("submit", onSubmit, true);
addEventListener("online", again);
addEventListener("focus", again);
addEventListener("pagehide", () => forms.forEach((state, form) => { if (state.dirty) post(form, true).catch(() => {}); }));
// Back in a page that the browser had put aside: what is on the server is newer.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
// A part of the page finds the session ended and sends the browser to the sign-in page: not while text is unsaved.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const unsaved = [...forms].filter(([, state]) => state.dirty);
  if (!event.detail.xhr.getResponseHeader("HX-Redirect") || !unsaved.length) return;
  event.preventDefault();
  unsaved.forEach(([form, state]) => failed(form, state, "signed-out"));
});
