// What the checkout adds to pages that work without it: sections that show when they are chosen, and one order for
// however many clicks.
//
//   <fieldset data-when="address_id=new">   shown, and sent, only while the form's choice has this value
//   <form data-once>                        sent once
(() => {
  "use strict";

  function value(form, name) {
    const field = form.elements.namedItem(name);
    if (!field) return "";
    if (field instanceof RadioNodeList) return field.value;
    return field.type === "checkbox" && !field.checked ? "" : field.value;
  }

  function follow() {
    for (const section of document.querySelectorAll("[data-when]")) {
      const [name, wanted] = section.dataset.when.split("=");
      const shows = value(section.closest("form"), name) === wanted;
      section.hidden = !shows;
      if (section instanceof HTMLFieldSetElement) section.disabled = !shows;
    }
  }

  document.addEventListener("change", (event) => {
    if (!event.target.form) return;
    follow();
    // The ways to ship follow the address, once the section of a new one is sent along or not.
    if (event.target.name === "address_id") document.body.dispatchEvent(new Event("address-chosen"));
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-once")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  });

  // A page that the back button shows again can be sent again; the server makes one order of it.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-once]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
    }
    follow();
  });

  follow();
})();
