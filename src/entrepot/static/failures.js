// Says it when something that htmx asked for does not come: a part of the page that silently stays as it was looks as if
// nothing had been pressed. The sentences are those of kit/failures.html, or what the page that was answered says itself.
(() => {
  "use strict";

  const texts = document.getElementById("failures")?.dataset;
  if (!texts) return;
  let shown = null;

  const BY_STATUS = { 401: "ended", 403: "denied", 404: "missing", 408: "late", 413: "large", 429: "busy", 502: "busy", 503: "busy", 504: "late" };

  function close() {
    shown?.remove();
    shown = null;
  }

  function show(text) {
    close();
    shown = document.createElement("div");
    shown.className = "failure message error";
    shown.setAttribute("role", "alert");
    shown.tabIndex = -1;
    const kind = document.createElement("span");
    kind.className = "message-kind";
    kind.textContent = texts.kind;
    const words = document.createElement("div");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small secondary";
    button.textContent = texts.close;
    button.addEventListener("click", close);
    shown.append(kind, words, button);
    // What stands outside of an open dialog can neither be seen nor reached.
    (document.querySelector("dialog:modal") || document.body).append(shown);
    // Read out because it changes: an alert that comes with its text is passed over by some screen readers.
    requestAnimationFrame(() => { words.textContent = text; });
  }

  // What the answer says, if it is one of our pages with messages or one of our reports.
  function told(request) {
    if (!request.getResponseHeader("content-type")?.startsWith("text/html")) return "";
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const messages = [...page.querySelectorAll(".message.error > div")].map((one) => one.textContent.trim());
    if (messages.length) return messages.join(" ");
    const number = request.status === 500 && page.querySelector("code")?.textContent;
    return number ? texts.reported.replace("%1", number) : "";
  }

  document.addEventListener("htmx:responseError", (event) => {
    const request = event.detail.xhr;
    const usual = texts[BY_STATUS[request.status] || (request.status < 500 ? "refused" : "failed")];
    show(told(request) || usual);
  });
  document.addEventListener("htmx:sendError", () => show(texts.gone));
  document.addEventListener("htmx:timeout", () => show(texts.late));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown?.contains(document.activeElement)) close();
  });
})();
