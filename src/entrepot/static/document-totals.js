// The totals of a document that is going to be follow what is typed.
//
//   <form data-recounts hx-post="..." hx-trigger="recount" hx-sync="this:replace" hx-swap="none">
//   <input data-counts>             what is typed here changes the totals
//   <div id="sums" data-follows>    is taken from the answer; the fields are not, so that none loses its caret
//
// From the first key to the answer for the last one nothing can be submitted. The server compares, too: what it was not
// asked for it does not make.
(() => {
  "use strict";

  const PAUSE_MS = 250;
  const form = document.querySelector("form[data-recounts]");
  if (!form) return;

  let typed = 0;
  let asked = 0;
  let timer = 0;

  function hold() {
    typed += 1;
    for (const button of document.querySelectorAll("#document-submits button")) button.disabled = true;
    document.getElementById("document-sums").setAttribute("aria-busy", "true");
  }

  function recount(pause) {
    hold();
    clearTimeout(timer);
    timer = setTimeout(() => window.htmx.trigger(form, "recount"), pause);
  }

  function exchange(answer) {
    for (const part of answer.querySelectorAll("[data-follows]")) document.getElementById(part.id)?.replaceWith(part);
    for (const field of form.querySelectorAll("[data-counts]")) {
      const fault = document.getElementById(field.getAttribute("aria-describedby"));
      if (fault?.textContent.trim()) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  }

  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-counts]")) recount(PAUSE_MS);
  });

  // Enter needs no new page for it.
  form.addEventListener("submit", (event) => {
    if (!event.submitter?.matches("[data-default]")) return;
    event.preventDefault();
    recount(0);
  });

  form.addEventListener("htmx:beforeRequest", () => {
    asked = typed;
  });

  form.addEventListener("htmx:beforeSwap", (event) => {
    event.detail.shouldSwap = false;
    // More was typed since: its own answer is on the way.
    if (event.detail.xhr.status !== 200 || asked !== typed) return;
    exchange(new DOMParser().parseFromString(event.detail.serverResponse, "text/html"));
  });

  // A browser that comes back may show what was typed before, and the totals of what was proposed.
  window.addEventListener("pageshow", () => {
    if ([...form.querySelectorAll("[data-counts]")].some((field) => field.value !== field.defaultValue)) recount(0);
  });
})();
