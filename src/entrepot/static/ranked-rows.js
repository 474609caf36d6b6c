// Rows in an order of their own: dragged, or moved by the arrows. Their numbers follow.
//
//   <table data-ranked> <tr draggable="true"> <input class="place-order"> <button data-up> <button data-down>
(() => {
  "use strict";

  const body = document.querySelector("[data-ranked] tbody");
  if (!body) return;
  let dragged = null;
  let moved = false;

  const numbers = () => body.querySelectorAll(".place-order");

  function count() {
    numbers().forEach((field, index) => {
      field.value = index + 1;
    });
  }

  function changed() {
    count();
    body.dispatchEvent(new Event("input", { bubbles: true }));
  }

  body.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("tr");
    moved = false;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.querySelector("input[type=hidden]").value);
    dragged.classList.add("is-dragged");
  });

  body.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const over = event.target.closest("tr");
    if (!over || over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY - top < height / 2) over.before(dragged);
    else over.after(dragged);
    moved = true;
  });

  body.addEventListener("drop", (event) => {
    if (dragged) event.preventDefault();
  });

  body.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    if (moved) changed();
  });

  body.addEventListener("click", (event) => {
    const arrow = event.target.closest("[data-up], [data-down]");
    if (!arrow) return;
    event.preventDefault();
    const row = arrow.closest("tr");
    const beside = arrow.matches("[data-up]") ? row.previousElementSibling : row.nextElementSibling;
    if (!beside) return;
    if (arrow.matches("[data-up]")) beside.before(row);
    else beside.after(row);
    changed();
    arrow.focus();
  });

  // A number that is typed moves its row there.
  body.addEventListener("change", (event) => {
    if (!event.target.matches(".place-order")) return;
    const row = event.target.closest("tr");
    const others = [...body.rows].filter((other) => other !== row);
    const place = Math.min(Math.max(Number.parseInt(event.target.value, 10) || others.length + 1, 1), others.length + 1);
    if (place > others.length) body.append(row);
    else others[place - 1].before(row);
    count();
    event.target.focus();
  });
})();
