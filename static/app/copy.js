// Copies a text to the clipboard: button[data-copy=ID]. Where the browser does not allow that, the text is selected.

async function copy(area) {
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    area.focus();
    area.select();
    return false;
  }
}

function watch(button) {
  const area = document.getElementById(button.dataset.copy);
  const status = button.closest("form, main").querySelector("[data-copy-status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copy(area);
    status.textContent = done ? status.dataset.done : status.dataset.failed;
  });
}

document.querySelectorAll("button[data-copy]").forEach(watch);
