// States and provinces follow the country, and whether the postal code may be left out. Without this, all lists are there
// and the server takes the one that fits.
//
//   <select data-country-of="address"> ... </select>
//   <div data-regions-of="address"><select> <optgroup data-country="US"> ... </select> <input type="text"></div>
//   <div data-postcode-of="address" data-optional="HK,IE"> <span data-postcode-required> <input> </div>
(() => {
  "use strict";

  function follow(country, place) {
    const list = place.querySelector("[data-region-list]");
    const text = place.querySelector("[data-region-text]");
    const select = list.querySelector("select");
    const groups = [...select.querySelectorAll("optgroup")];

    function update() {
      const code = country.value;
      const own = groups.find((group) => group.dataset.country === code);
      if (select.selectedOptions[0]?.parentElement.dataset?.country !== code) select.value = "";
      for (const group of groups) {
        if (group === own) select.append(group);
        else group.remove();
      }
      const required = (place.dataset.required || "").split(",").includes(code);
      list.hidden = !own;
      text.hidden = Boolean(own);
      select.disabled = !own;
      select.required = Boolean(own) && required;
      place.querySelector("[data-region-required]").hidden = !select.required;
      text.querySelector("input").disabled = Boolean(own);
    }

    country.addEventListener("change", update);
    update();
  }

  function followPostcode(country, place) {
    const optional = place.dataset.optional.split(",");

    function update() {
      const required = !optional.includes(country.value);
      place.querySelector("input").required = required;
      place.querySelector("[data-postcode-required]").hidden = !required;
    }

    country.addEventListener("change", update);
    update();
  }

  for (const country of document.querySelectorAll("select[data-country-of]")) {
    const regions = document.querySelector(`[data-regions-of="${country.dataset.countryOf}"]`);
    if (regions) follow(country, regions);
    const postcode = document.querySelector(`[data-postcode-of="${country.dataset.countryOf}"]`);
    if (postcode) followPostcode(country, postcode);
  }
})();
