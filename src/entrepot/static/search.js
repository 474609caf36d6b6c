// Suggestions under the search box: what the shop answers at `data-suggest`, shown by the browser's own list.
(() => {
  "use strict";

  const box = document.querySelector("input[data-suggest]");
  if (!box) return;
  const list = document.getElementById(box.getAttribute("list"));
  let waiting = 0;
  let asked = "";

  async function suggest() {
    const text = box.value.trim();
    if (text === asked) return;
    asked = text;
    const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(text)}`);
    // Answers may overtake each other; only the last question's counts.
    if (!answer.ok || asked !== text) return;
    const found = await answer.json();
    list.replaceChildren(...found.map(({ title }) => {
      const option = document.createElement("option");
      option.value = title;
      return option;
    }));
  }

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, 200);
  });
})();
