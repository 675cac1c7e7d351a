// Before a page goes to paper: what is folded opens, and where it came from stands at the foot of every sheet.
// A browser that writes nothing in the margin of a sheet keeps that line at the end of the page.

const line = document.querySelector(".hr-printed");
let folded = [];

function writesInTheMargin() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('@page { @bottom-left { content: "" } }');
  return sheet.cssRules[0]?.cssRules?.length === 1;
}

window.addEventListener("beforeprint", () => {
  if (line) {
    line.querySelector("[data-address]").textContent = location.href;
    const words = line.textContent.replace(/\s+/g, " ").trim();
    document.documentElement.style.setProperty("--printed", JSON.stringify(words));
    document.documentElement.toggleAttribute("data-printed", writesInTheMargin());
  }
  folded = [...document.querySelectorAll("main details:not([open], .hr-noprint)")];
  folded.forEach((part) => { part.open = true; });
});

window.addEventListener("afterprint", () => {
  folded.forEach((part) => { part.open = false; });
});
