// The form of a product attribute: options only where the input has some, and as many new ones as are wanted.
(() => {
  "use strict";

  const part = document.querySelector("[data-options]");
  if (!part) return;
  const input = document.getElementById("frontend_input");
  const body = part.querySelector("tbody");

  function follow() {
    if (input.tagName !== "SELECT") return;
    part.closest(".section").hidden = !part.dataset.inputs.split(" ").includes(input.value);
    for (const box of part.querySelectorAll("[name=default_option]")) {
      const isChecked = box.checked;
      box.type = input.value === "multiselect" ? "checkbox" : "radio";
      box.checked = isChecked;
    }
  }

  const add = part.querySelector("[data-add-option]");
  add.hidden = false;
  add.addEventListener("click", () => {
    const last = body.querySelectorAll("[name^='option_order[new']");
    const pattern = last[last.length - 1].closest("tr");
    const row = pattern.cloneNode(true);
    const key = `new${last.length + 1}`;
    for (const field of row.querySelectorAll("input")) {
      field.name = field.name.replace(/\[new\d+\]/, `[${key}]`);
      if (field.name === "default_option") {
        field.value = key;
        field.checked = false;
      } else {
        field.value = "";
      }
    }
    body.append(row);
    row.querySelector("[name^=option_label]").focus();
  });

  document.addEventListener("change", (event) => {
    if (event.target === input) follow();
  });
  follow();
})();
