// Shows what a mark in a chart says, or why a figure is hidden, when the pointer or the keyboard is on it.

const MARKS = ".hr-figure svg [aria-label][role=graphics-symbol]:not([aria-roledescription=axis], [aria-roledescription=legend])";
const HIDDEN = ".hr-masked";
let tip = null;
let shown = null;

function bubble() {
  if (tip) return tip;
  tip = document.createElement("div");
  tip.className = "hr-tooltip";
  tip.popover = "manual";
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  return tip;
}

function show(mark) {
  const place = bubble();
  shown = mark;
  place.textContent = mark.getAttribute("aria-label") ?? mark.querySelector(".hr-masked__why").textContent;
  place.showPopover();
  const box = mark.getBoundingClientRect();
  const size = place.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left + box.width / 2 - size.width / 2), innerWidth - size.width - 8);
  const above = box.top - size.height - 8;
  place.style.left = `${left}px`;
  place.style.top = `${above > 0 ? above : box.bottom + 8}px`;
}

function hide() {
  if (tip?.matches(":popover-open")) tip.hidePopover();
}

function onEnter({ target }) {
  const mark = target.closest?.(`${MARKS}, ${HIDDEN}`);
  if (mark) show(mark);
  else hide();
}

/** One stop for the tab key per chart; the arrows walk along its marks. */
function onKey(event) {
  const mark = event.target.closest?.(MARKS);
  if (event.key === "Escape") hide();
  if (!mark || !["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"].includes(event.key)) return;
  const marks = [...mark.closest("svg").querySelectorAll(MARKS)];
  const step = event.key === "ArrowRight" || event.key === "ArrowDown" ? 1 : -1;
  const next = marks[marks.indexOf(mark) + step];
  if (!next) return;
  event.preventDefault();
  mark.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

function start(root) {
  root.querySelectorAll(".hr-figure svg").forEach((svg) => {
    svg.querySelectorAll(MARKS).forEach((mark, index) => mark.setAttribute("tabindex", index ? "-1" : "0"));
  });
}

// Without this script the sheet shows them beside their figure, where a narrow table may cut them off.
document.documentElement.toggleAttribute("data-tooltips", true);
start(document);
document.addEventListener("htmx:load", (event) => start(event.target.parentNode ?? document));
document.addEventListener("pointerover", onEnter);
document.addEventListener("focusin", onEnter);
document.addEventListener("keydown", onKey);
// The keyboard brings a page to what has the focus: what is said there goes along.
addEventListener("scroll", () => (shown && shown === document.activeElement ? show(shown) : hide()), { passive: true, capture: true });
