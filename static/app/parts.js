// Opens a part of a form when it becomes needed, and the part that a link leads into.

document.addEventListener("htmx:oobAfterSwap", ({ target, detail }) => {
  const became = target.matches("[data-opens]") && !detail.target.matches("[data-opens]");
  const part = became && target.closest("details");
  if (part) part.open = true;
});

document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[href^='#']");
  const part = link && document.getElementById(link.hash.slice(1))?.closest("details");
  if (part) part.open = true;
});
