// Arranging a set by dragging its attributes, and by arrows. What the fields of each line say follows its place.
(() => {
  "use strict";

  if (!document.querySelector("[data-attribute-set]")) return;
  const lists = () => [...document.querySelectorAll(".places")];
  let dragged = null;

  function changed(element) {
    count();
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function count() {
    for (const list of lists()) {
      [...list.children].forEach((item, index) => {
        const group = item.querySelector("[name^=group_of]");
        if (group) group.value = list.dataset.group;
        const order = item.querySelector("[name^=order_of]");
        if (order) order.value = index + 1;
      });
    }
    [...document.querySelectorAll(".set-group")].forEach((group, index) => {
      group.querySelector("[name^=group_order]").value = index + 1;
    });
  }

  // A system attribute has no choice that takes it out of the set.
  const fits = (item, list) => {
    const choice = item.querySelector("select");
    return choice && [...choice.options].some((option) => option.value === list.dataset.group);
  };

  document.addEventListener("dragstart", (event) => {
    const item = event.target.closest?.("li[data-attribute]");
    if (!item) return;
    dragged = item;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.dataset.attribute);
  });

  document.addEventListener("dragover", (event) => {
    const list = dragged && event.target.closest?.(".set-group, .section-body")?.querySelector(":scope > .places");
    if (!list || !fits(dragged, list)) return;
    event.preventDefault();
    const over = event.target.closest("li[data-attribute]");
    if (!over || over === dragged) {
      if (!list.contains(dragged)) list.append(dragged);
      return;
    }
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY - top < height / 2) over.before(dragged);
    else over.after(dragged);
  });

  document.addEventListener("drop", (event) => {
    if (dragged) event.preventDefault();
  });

  document.addEventListener("dragend", () => {
    if (!dragged) return;
    const item = dragged;
    dragged = null;
    changed(item);
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches("select[name^=group_of]")) return;
    const item = event.target.closest("li");
    const list = lists().find((one) => one.dataset.group === event.target.value);
    list.append(item);
    changed(item);
    event.target.focus();
  });

  document.addEventListener("click", (event) => {
    const arrow = event.target.closest("[data-up], [data-down], [data-group-up], [data-group-down]");
    if (!arrow) return;
    const item = arrow.closest(arrow.matches("[data-up], [data-down]") ? "li" : ".set-group");
    const isUp = arrow.matches("[data-up], [data-group-up]");
    let beside = isUp ? item.previousElementSibling : item.nextElementSibling;
    while (beside?.hidden) beside = isUp ? beside.previousElementSibling : beside.nextElementSibling;
    if (!beside || !beside.matches("li, .set-group")) return;
    if (isUp) beside.before(item);
    else beside.after(item);
    changed(item);
    arrow.focus();
  });

  for (const arrow of document.querySelectorAll("[data-up], [data-down], [data-group-up], [data-group-down]")) {
    arrow.hidden = false;
  }
  count();
})();
