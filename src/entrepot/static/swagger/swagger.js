// Shows the API document of a store view, as far as the token lets its holder call it.
//
// The token stays in this page's memory: it is neither stored nor put into an address, and is gone on reload.

"use strict";

(() => {
  const form = document.getElementById("choice");
  const store = document.getElementById("store");
  const token = document.getElementById("token");
  const status = document.getElementById("status");
  const place = document.getElementById("document");

  // What the document on the screen was read with; what is typed counts from the next Show on.
  let bearer = "";
  let latest = 0;

  function say(text, failed = false) {
    status.textContent = text;
    status.classList.toggle("failed", failed);
  }

  function restAddress(code) {
    return code ? `/rest/${encodeURIComponent(code)}` : "/rest";
  }

  function authorized(headers) {
    return bearer ? { ...headers, Authorization: `Bearer ${bearer}` } : headers;
  }

  async function read(code) {
    const answer = await fetch(`${restAddress(code)}/schema?services=all`, {
      headers: authorized({ Accept: "application/json" }),
      credentials: "omit",
    });
    const body = await answer.json();
    if (!answer.ok) {
      throw new Error(body.message || `The server answered ${answer.status}.`);
    }
    return body;
  }

  function draw(description) {
    // A fresh element each time, because Swagger UI does not take one over that it has drawn into.
    const element = document.createElement("div");
    place.replaceChildren(element);
    SwaggerUIBundle({
      // A proxy may have changed scheme or host on the way; calls go back to where the page came from.
      spec: { ...description, host: location.host, schemes: [location.protocol.replace(":", "")] },
      domNode: element,
      docExpansion: "none",
      defaultModelsExpandDepth: 0,
      filter: true,
      validatorUrl: null,
      requestInterceptor: (request) => {
        request.credentials = "omit";
        if (new URL(request.url, location.href).origin === location.origin) {
          request.headers = authorized(request.headers);
        }
        return request;
      },
    });
  }

  async function show() {
    const turn = ++latest;
    const code = store.value.trim();
    bearer = token.value.trim().replace(/^Bearer\s+/i, "");
    say("Loading …");
    try {
      const description = await read(code);
      // A slow answer must not replace that of a later Show.
      if (turn !== latest) {
        return;
      }
      draw(description);
      const count = Object.values(description.paths).reduce((sum, item) => sum + Object.keys(item).length, 0);
      say(`${count} calls for ${bearer ? "the holder of this token" : "guests"}.`);
    } catch (error) {
      if (turn === latest) {
        place.replaceChildren();
        say(error.message, true);
      }
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = store.value.trim();
    history.replaceState(null, "", code ? `/swagger?store=${encodeURIComponent(code)}` : "/swagger");
    show();
  });

  // Swagger UI has a dark face too, but does not look at what the visitor prefers.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", follow);
  follow();

  store.value = new URLSearchParams(location.search).get("store") || "";
  show();
})();
