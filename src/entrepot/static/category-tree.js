// Moving categories by dragging them: onto another one, or between two. The form of Move does the same without this.
(() => {
  "use strict";

  const tree = document.querySelector("[data-category-tree]");
  if (!tree) return;
  let dragged = null;
  let marked = null;

  // The line of a category, not the list below it.
  const lineOf = (event) => event.target.closest?.("[data-category] > a");

  function placeAt(event, line) {
    const item = line.parentElement;
    if (!dragged || dragged.contains(item)) return null;
    const { top, height } = line.getBoundingClientRect();
    const part = (event.clientY - top) / height;
    // Beside a root there are only roots.
    if ("root" in item.dataset) return "last";
    return part < 0.25 ? "before" : part > 0.75 ? "behind" : "last";
  }

  function mark(line, place) {
    if (marked) delete marked.dataset.drop;
    marked = line;
    if (line) line.dataset.drop = place;
  }

  tree.addEventListener("dragstart", (event) => {
    const item = lineOf(event)?.parentElement;
    if (!item) return;
    if ("root" in item.dataset) {
      event.preventDefault();
      return;
    }
    dragged = item;
    event.dataTransfer.effectAllowed = "move";
  });

  tree.addEventListener("dragover", (event) => {
    const line = lineOf(event);
    const place = line && placeAt(event, line);
    if (!place) {
      mark(null);
      return;
    }
    event.preventDefault();
    mark(line, place);
  });

  tree.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });

  tree.addEventListener("drop", (event) => {
    const line = lineOf(event);
    const place = line && placeAt(event, line);
    if (!place) return;
    event.preventDefault();
    const form = tree.querySelector("form");
    form.action = tree.dataset.move.replace(/\/0\/$/, `/${dragged.dataset.category}/`);
    form.elements.target.value = line.parentElement.dataset.category;
    form.elements.place.value = place;
    form.requestSubmit();
  });
})();
