// Warns before leaving a form[data-leave] that holds words nobody has saved yet.

const changed = new Set();

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("form[data-leave]");
  if (form) changed.add(form);
});
document.addEventListener("submit", ({ target }) => changed.delete(target));
document.addEventListener("hr:saved", ({ target }) => changed.delete(target));

addEventListener("beforeunload", (event) => {
  const open = [...changed].some((form) => form.isConnected);
  if (open) event.preventDefault();
});
