// The cart in the header opens below its link. What is in it comes when it is asked for, and is changed there by htmx.
//
//   <a href="/checkout/cart/" data-mini-cart="/checkout/sidebar/">...</a> <section id="mini-cart" hidden></section>
(() => {
  "use strict";

  const link = document.querySelector("a[data-mini-cart]");
  const panel = document.getElementById("mini-cart");
  if (!link || !panel) return;
  link.setAttribute("aria-expanded", "false");
  link.setAttribute("aria-controls", panel.id);

  function close() {
    panel.hidden = true;
    link.setAttribute("aria-expanded", "false");
  }

  async function open() {
    // Without an answer the link still leads to the cart.
    const answer = await fetch(link.dataset.miniCart, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) {
      location.href = link.href;
      return;
    }
    panel.innerHTML = await answer.text();
    panel.querySelector("[hx-swap-oob]")?.remove();
    window.htmx?.process(panel);
    panel.hidden = false;
    link.setAttribute("aria-expanded", "true");
    panel.focus();
  }

  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    if (panel.hidden) open();
    else close();
  });

  // A question about removing something stands outside of the panel, and is a part of it all the same.
  const isInside = (target) => panel.contains(target) || link.contains(target) || target.closest?.("dialog") || !target.isConnected;

  document.addEventListener("click", (event) => {
    if (!panel.hidden && !isInside(event.target)) close();
  });
  document.addEventListener("focusin", (event) => {
    if (!panel.hidden && !isInside(event.target)) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden || document.querySelector("dialog[open]")) return;
    close();
    link.focus();
  });
  // What had the focus is gone when the panel has changed.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === panel) panel.focus();
  });
})();
