// Says how strong a new password is while it is typed. The server decides; this only helps.
(() => {
  "use strict";

  const KINDS = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];

  // 0 none, 1 weak (the shop would refuse it), 2 medium, 3 strong, 4 very strong.
  function strength(password, minLength, requiredKinds) {
    if (!password) return 0;
    const length = [...password].length;
    const kinds = KINDS.filter((kind) => kind.test(password)).length;
    if (length < minLength || kinds < requiredKinds || password.trim() !== password) return 1;
    const different = new Set(password).size;
    if (length >= 16 && different >= 10) return 4;
    if (length >= 12 && different >= 8) return 3;
    return 2;
  }

  for (const field of document.querySelectorAll("input[data-strength]")) {
    const line = document.getElementById(field.dataset.strength);
    const words = line.dataset.words.split("|");
    const output = line.querySelector("output");

    const show = () => {
      const level = strength(field.value, Number(field.dataset.minLength), Number(field.dataset.requiredClasses));
      line.dataset.level = level;
      output.textContent = words[level];
    };
    line.hidden = false;
    field.addEventListener("input", show);
    show();
  }
})();
