// What makes the Admin quick for those who sit in it all day. Every page works without it.
//
//   <tr data-href="...">                 the whole row opens the thing
//   <select data-sends>                  sends its form when it changes
//   <details data-remember="name">       stays as it was left
//   <input data-inherits="field">        Use Default: the field cannot be typed into
//   <div data-depends='{"field": "1"}'>  shown only while that field has that value
//   <a data-key="c">                     g c goes there
//   <select data-presses="button">       presses the button with this id when it changes
//   <div data-enter="button">            Enter in a field of this part presses the button with this id
(() => {
  "use strict";

  const typing = (element) => element?.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

  // Keys.
  let gone = 0;

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      const form = document.getElementById("form");
      if (form) {
        event.preventDefault();
        const usual = document.querySelector("button[data-default][form=form]");
        if (usual) usual.click();
        else form.requestSubmit();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "/") {
      const field = document.getElementById("grid-search") || document.getElementById("global-search");
      if (field) {
        event.preventDefault();
        field.focus();
        field.select();
      }
    } else if (event.key === "?") {
      event.preventDefault();
      document.getElementById("keys")?.showModal();
    } else if (event.key === "g") {
      gone = Date.now();
    } else if (Date.now() - gone < 1500) {
      gone = 0;
      document.querySelector(`#menu a[data-key="${CSS.escape(event.key)}"]`)?.click();
    }
  });

  // A part with a button of its own: Enter there does what the part is for, not what the form as a whole does.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input, select")) return;
    const part = event.target.closest("[data-enter]");
    const button = part && document.getElementById(part.dataset.enter);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys]")) document.getElementById("keys")?.showModal();
  });

  // A click anywhere in a row opens it, unless it is on something of its own or selects text.
  function rowOf(event) {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.target.closest("a, button, input, select, label, .check") || String(getSelection())) return null;
    return row;
  }

  document.addEventListener("click", (event) => {
    const row = rowOf(event);
    if (!row) return;
    if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
    else location.assign(row.dataset.href);
  });

  document.addEventListener("auxclick", (event) => {
    const row = event.button === 1 && rowOf(event);
    if (row) window.open(row.dataset.href, "_blank", "noopener");
  });

  // Chosen rows.
  function countChosen() {
    const boxes = [...document.querySelectorAll("input[name=selected]")];
    const chosen = boxes.filter((box) => box.checked).length;
    const everything = document.querySelector("[data-choose-everything]")?.checked;
    let total = 0;
    for (const count of document.querySelectorAll("[data-chosen-count]")) {
      count.textContent = everything ? " (all)" : chosen ? ` (${chosen})` : "";
      total = count.dataset.total;
    }
    for (const button of document.querySelectorAll("[data-confirm-of]")) {
      // Of no row at all the server says that one has to be chosen.
      if (everything || chosen) button.dataset.confirm = button.dataset.confirmOf.replace("%1", everything ? total : chosen);
      else delete button.dataset.confirm;
    }
    const all = document.querySelector("[data-choose-all]");
    if (all) {
      all.checked = boxes.length > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
  }

  document.addEventListener("change", (event) => {
    const changed = event.target;
    if (changed.matches("[data-choose-all]")) {
      for (const box of document.querySelectorAll("input[name=selected]")) box.checked = changed.checked;
    }
    if (changed.matches("[data-choose-all], [data-choose-everything], input[name=selected]")) countChosen();
    if (changed.matches("[data-sends]")) changed.form.requestSubmit();
    if (changed.matches("[data-presses]")) document.getElementById(changed.dataset.presses)?.click();
    if (changed.matches("[data-inherits]")) inherit(changed, true);
    if (changed.matches("select[id$=country_id]")) followCountry(changed);
    if (changed.matches("[data-tree] input[type=checkbox]")) spread(changed);
    if (changed.id === "all") revealTree();
    depend();
    requireFields();
  });

  // A question that was answered with yes needs no page that asks again.
  const answered = new Set();

  document.addEventListener("submit", (event) => {
    if (event.submitter?.dataset.confirm || event.target.dataset.confirm) answered.add(event.target);
    else answered.delete(event.target);
  });

  document.addEventListener("formdata", (event) => {
    if (answered.has(event.target)) event.formData.set("confirmed", "1");
    // What was not asked for need not stand in the address.
    if (event.target.id === "grid-filter") {
      for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
    }
  });

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target.id !== "grid-filter") return;
    for (const [name, value] of Object.entries(event.detail.parameters)) {
      if (!value) event.detail.parameters.delete?.(name);
    }
  });

  // Sections stay as they were left, on this computer.
  function remember() {
    for (const part of document.querySelectorAll("details[data-remember]:not([data-remembered])")) {
      part.dataset.remembered = "";
      const name = `admin:${part.dataset.remember}`;
      const before = localStorage.getItem(name);
      if (before && !("stayOpen" in part.dataset)) part.open = before === "open";
      part.querySelector("summary").addEventListener("click", () => {
        localStorage.setItem(name, part.open ? "closed" : "open");
      });
    }
  }

  // Use Default. Ticking the box shows the wider scope's value again; typing takes the tick away.
  function inherit(box, isAsked) {
    const field = document.getElementById(box.dataset.inherits);
    if (!field) return;
    field.toggleAttribute("data-inherited", box.checked);
    if (!isAsked || !box.checked || field.type === "file") return;
    if (field.multiple) {
      const wider = box.dataset.wider.split(",");
      for (const option of field.options) option.selected = wider.includes(option.value);
    } else if (field.type === "checkbox") {
      field.checked = box.dataset.wider === "1";
    } else {
      field.value = box.dataset.wider;
    }
  }

  document.addEventListener("input", (event) => {
    const box = event.target.id && document.querySelector(`[data-inherits="${CSS.escape(event.target.id)}"]`);
    if (box?.checked) {
      box.checked = false;
      inherit(box);
    }
  });

  // States follow the country. Without this, all are there and the server takes the one that fits.
  function followCountries() {
    for (const country of document.querySelectorAll("select[id$=country_id]")) followCountry(country);
  }

  function followCountry(country) {
    const address = country.id.slice(0, -"country_id".length);
    const states = document.getElementById(`${address}region_id`);
    const text = document.querySelector(`[data-field=${CSS.escape(address)}region]`);
    if (!states || !text) return;
    let has = false;
    for (const group of states.querySelectorAll("optgroup")) {
      const fits = group.label === country.selectedOptions[0]?.text;
      group.hidden = group.disabled = !fits;
      has ||= fits;
    }
    if (states.selectedOptions[0]?.parentElement.disabled) states.value = "";
    states.closest("[data-field]").hidden = !has;
    text.hidden = has;
  }

  // Fields that only matter while another has a certain value.
  function depend() {
    for (const part of document.querySelectorAll("[data-depends]")) {
      const wanted = Object.entries(JSON.parse(part.dataset.depends));
      const isShown = wanted.every(([id, value]) => {
        const field = document.getElementById(id);
        return !field || (field.value === value && !field.closest("[data-depends][hidden]"));
      });
      part.hidden = !isShown;
    }
  }

  // Fields that may be left empty only with certain values of another. Without this, the server tells what is missing.
  function requireFields() {
    for (const part of document.querySelectorAll("[data-optional-with]")) {
      const isOptional = Object.entries(JSON.parse(part.dataset.optionalWith)).some(
        ([id, values]) => values.includes(document.getElementById(id)?.value),
      );
      part.querySelector(".required").hidden = isOptional;
      part.querySelector("input, select, textarea").required = !isOptional;
    }
  }

  // The tree of resources: a node brings all below it and all above it, and leaves with all below it.
  function spread(box) {
    const node = box.closest("li");
    for (const below of node.querySelectorAll("input[type=checkbox]")) below.checked = box.checked;
    if (box.checked) {
      for (let above = node.parentElement.closest("li"); above; above = above.parentElement.closest("li")) {
        above.querySelector("input[type=checkbox]").checked = true;
      }
    }
  }

  function revealTree() {
    const choice = document.getElementById("all");
    const tree = document.querySelector("[data-tree]");
    if (choice && tree) tree.hidden = choice.value === "1";
  }

  function ready() {
    for (const box of document.querySelectorAll("[data-inherits]")) inherit(box);
    for (const button of document.querySelectorAll("[data-scriptless]")) button.hidden = true;
    for (const button of document.querySelectorAll("[data-keys]")) button.hidden = false;
    remember();
    revealTree();
    followCountries();
    depend();
    requireFields();
    countChosen();
  }

  document.addEventListener("htmx:afterSettle", ready);
  ready();
})();
