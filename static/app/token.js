// The token that goes with everything a script sends; read anew each time, because signing in renews it.

export function token() {
  const cookie = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : "";
}

/** Gives this form, and what htmx sends, the token of now. */
export function renew(form) {
  if (!token()) return;
  if (form.elements.csrfmiddlewaretoken) form.elements.csrfmiddlewaretoken.value = token();
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token() }));
}
