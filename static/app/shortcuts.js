// Keys: "/" goes to search, "?" shows the keys, "g" and a letter go to a page. Can be switched off; closes menus on Escape.

const PREFERENCE = "hr.shortcuts";
const dialog = document.getElementById("keys");
const preference = document.getElementById("keys-on");
let waiting = false;

function isOn() {
  if (document.body.dataset.shortcuts === "off") return false;
  try {
    return localStorage.getItem(PREFERENCE) !== "off";
  } catch {
    return true;
  }
}

function isTyping(target) {
  return target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}

function goTo(letter) {
  document.querySelector(`.hr-nav a[data-key="${CSS.escape(letter)}"]`)?.click();
}

function show() {
  const list = document.querySelector("[data-keys-of-pages]");
  list?.replaceChildren(...[...document.querySelectorAll(".hr-nav a[data-key]")].flatMap((link) => {
    const [key, term, page] = ["kbd", "dt", "dd"].map((name) => document.createElement(name));
    key.textContent = link.dataset.key;
    term.append(key);
    page.textContent = link.querySelector(".denhaag-side-navigation__link-label").textContent;
    return [term, page];
  }));
  dialog?.showModal();
}

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !isOn()) return;
  if (waiting) {
    waiting = false;
    goTo(event.key);
  } else if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (!search) return;
    event.preventDefault();
    if (search.offsetParent) search.focus();
    else location.assign(search.form.action);
  } else if (event.key === "?") {
    show();
  } else if (event.key === "g") {
    waiting = true;
    setTimeout(() => { waiting = false; }, 1200);
  }
}

document.addEventListener("keydown", onKey);

document.querySelectorAll("[data-keys]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.closest("[popover]")?.hidePopover();
    show();
  });
});

if (preference) {
  preference.checked = isOn();
  preference.addEventListener("change", () => {
    try {
      localStorage.setItem(PREFERENCE, preference.checked ? "on" : "off");
    } catch {
      preference.checked = true;
    }
  });
}
