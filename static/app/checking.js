// Says at a text what in it may point to a person while somebody types, and takes it out when they press a button.

import { token } from "./token.js";

const PAUSE = 700;

async function ask(url, fields) {
  const answer = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    credentials: "same-origin",
    headers: { "X-CSRFToken": token() },
  });
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  return answer.text();
}

function areaOf(place) {
  return place.closest("form")?.elements[place.dataset.doubt];
}

function describe(place, area) {
  const what = place.querySelector("[data-token]");
  const id = `${area.id}_error`;
  const others = (area.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
  if (place.querySelector(`#${CSS.escape(id)}`)) others.push(id);
  if (others.length) area.setAttribute("aria-describedby", others.join(" "));
  else area.removeAttribute("aria-describedby");
  area.toggleAttribute("aria-invalid", Boolean(what && "blocks" in what.dataset));
  if (area.hasAttribute("aria-invalid")) area.setAttribute("aria-invalid", "true");
}

/** Two forms on one page may have a field of the same name. */
function name(fresh, area) {
  fresh.querySelectorAll("[id$=_error]").forEach((each) => { each.id = `${area.id}_error`; });
  fresh.querySelectorAll("input").forEach((tick) => {
    const [label] = tick.labels; // of the name it has now
    tick.id = `${area.id}-stays`;
    label.htmlFor = tick.id;
  });
}

function show(place, area, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-token]");
  const shown = place.querySelector("[data-token]");
  if (fresh?.dataset.token === shown?.dataset.token) return;
  if (fresh) name(fresh, area);
  place.replaceChildren(...(fresh ? [document.adoptNode(fresh)] : []));
  describe(place, area);
}

async function check(place, area) {
  const text = area.value;
  const fields = [["field", place.dataset.doubt], ["text", text]];
  place.querySelectorAll("input:checked").forEach((tick) => fields.push(["stays", tick.value]));
  try {
    const html = text.trim() ? await ask(document.body.dataset.checkText, fields) : "";
    if (area.value === text) show(place, area, html);
  } catch {
    // It is looked at again when the form is sent.
  }
}

/** As if it was typed, so that it can be undone and everybody hears of it. */
function write(area, text) {
  area.focus();
  area.select();
  if (!document.execCommand("insertText", false, text) || area.value !== text) {
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

async function takeOut(place, button) {
  const area = areaOf(place);
  try {
    write(area, await ask(document.body.dataset.takeOutText, [[button.name, button.value], ["text", area.value]]));
    await check(place, area);
  } catch {
    button.form.requestSubmit(button);
  }
}

function watch(place) {
  const area = areaOf(place);
  if (!area || place.dataset.doubtOn) return;
  place.dataset.doubtOn = "yes";
  let timer = 0;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => check(place, area), PAUSE);
  });
  place.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=_replace]");
    if (!button) return;
    event.preventDefault();
    takeOut(place, button);
  });
  // What was put back from a draft has not been looked at.
  if (area.value && !place.firstElementChild) check(place, area);
}

function start(root) {
  root.querySelectorAll("[data-doubt]").forEach(watch);
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.target.parentNode ?? document));
