// Shows how many characters are left in textarea[data-count], and how many boxes are ticked in a fold with [data-ticked].

function limitOf(area) {
  return Number(area.dataset.count);
}

function sentence(left) {
  const words = document.body.dataset;
  return (left < 0 ? words.countOver : words.countLeft).replace("#", Math.abs(left).toLocaleString(document.documentElement.lang));
}

function show(area, place) {
  const left = limitOf(area) - area.value.replaceAll("\n", "\r\n").length; // as the form sends it
  place.textContent = sentence(left);
  place.hidden = left > limitOf(area) / 2;
  place.toggleAttribute("data-over", left < 0);
}

function watch(area) {
  if (area.dataset.counterOn) return;
  area.dataset.counterOn = "yes";
  const place = document.createElement("span");
  place.className = "hr-quiet hr-counter";
  place.id = `${area.id}_counter`;
  area.after(place);
  area.setAttribute("aria-describedby", [area.getAttribute("aria-describedby"), place.id].filter(Boolean).join(" "));
  area.addEventListener("input", () => show(area, place));
  show(area, place);
}

function start(root) {
  root.querySelectorAll("textarea[data-count]").forEach(watch);
}

function countTicked(event) {
  const fold = event.target.closest("details"), place = fold?.querySelector(":scope > summary [data-ticked]");
  if (!place) return;
  const ticked = fold.querySelectorAll("input[type=checkbox]:checked").length;
  place.textContent = ticked ? `(${ticked})` : "";
}

start(document);
document.addEventListener("change", countTicked);
document.addEventListener("htmx:load", (event) => start(event.target.parentNode ?? document));
