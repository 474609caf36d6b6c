// What both faces add to pages that work without it: questions before what cannot be undone, menus that close, fields
// that appear when they are asked for, a warning before typed work is lost. Everything is declared in the markup:
//
//   <form data-confirm="Are you sure ...?" data-confirm-yes="Delete" data-confirm-no="Cancel">
//   <details data-menu> ... </details>
//   <input type="checkbox" data-reveals="id-of-a-section">
//   <form data-warn-unsaved>  and with  data-unsaved  where it comes back with work that is not saved yet
//   <p data-without-script>What only those need to read whose browser runs no script.</p>
(() => {
  "use strict";

  // Questions. A form or a link with data-confirm acts only after a yes.
  let asked = null;

  function ask(element, proceed) {
    const dialog = document.createElement("dialog");
    dialog.className = "confirm";
    dialog.setAttribute("aria-labelledby", "confirm-question");
    const question = document.createElement("p");
    question.id = "confirm-question";
    question.textContent = element.dataset.confirm;
    const buttons = document.createElement("form");
    buttons.method = "dialog";
    const no = document.createElement("button");
    no.value = "no";
    no.className = "secondary";
    no.textContent = element.dataset.confirmNo || "Cancel";
    const yes = document.createElement("button");
    yes.value = "yes";
    yes.className = element.dataset.confirmKind || "danger";
    yes.textContent = element.dataset.confirmYes || "OK";
    buttons.append(no, yes);
    dialog.append(question, buttons);
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      dialog.remove();
      element.focus?.();
      if (dialog.returnValue === "yes") proceed();
    });
    dialog.showModal();
    no.focus();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const submitter = event.submitter;
    const element = submitter?.dataset.confirm ? submitter : form;
    if (!element.dataset.confirm || asked === form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(element, () => {
      asked = form;
      form.requestSubmit(submitter || undefined);
      asked = null;
    });
  }, true);

  // A link that asks leads to a page that asks. With a script the question comes here, and the form beside the link,
  // named by data-confirm-form, is sent at once.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-confirm-form]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const form = document.getElementById(link.dataset.confirmForm);
    if (!form) return;
    event.preventDefault();
    ask(link, () => form.requestSubmit());
  });

  // Menus. They open by themselves; here they also close.
  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!except || !menu.contains(except)) menu.open = false;
    }
  }

  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("focusin", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details[data-menu][open]");
    closeMenus(null);
    menu?.querySelector("summary").focus();
  });

  // Sections that a check box reveals. What is hidden cannot be required, so its fields are disabled meanwhile.
  function reveal() {
    const wanted = new Set();
    const all = new Set();
    for (const box of document.querySelectorAll("input[type=checkbox][data-reveals]")) {
      for (const id of box.dataset.reveals.split(" ")) {
        all.add(id);
        if (box.checked) wanted.add(id);
      }
    }
    for (const id of all) {
      const section = document.getElementById(id);
      if (!section) continue;
      section.hidden = !wanted.has(id);
      for (const field of section.querySelectorAll("input, select, textarea")) field.disabled = section.hidden;
    }
  }

  document.addEventListener("change", (event) => {
    if (event.target.dataset?.reveals) reveal();
  });

  // Work that is not saved.
  const changed = new Set(document.querySelectorAll("form[data-unsaved]"));
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-warn-unsaved]");
    if (form) changed.add(form);
  });
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) changed.delete(event.target);
  });
  window.addEventListener("beforeunload", (event) => {
    for (const form of changed) {
      if (form.isConnected) event.preventDefault();
    }
  });

  for (const element of document.querySelectorAll("[data-without-script]")) element.hidden = true;
  reveal();
})();
