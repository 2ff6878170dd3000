(() => {
  "use strict";
  const fold = document.querySelector("[data-fold]");
  const folded = (report, is) => {
    report.classList.toggle("folded", is);
    report.querySelector(".fold").setAttribute("aria-expanded", String(!is));
  };
  if (fold) {
    const cards = document.querySelectorAll("section.report");
    for (const card of cards) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "fold";
      button.setAttribute("aria-label", fold.dataset.one);
      button.setAttribute("aria-expanded", "true");
      button.addEventListener("click", () => folded(card, !card.classList.contains("folded")));
      card.prepend(button);
    }
    fold.addEventListener("click", () => {
      const is = fold.getAttribute("aria-pressed") !== "true", other = fold.dataset.fold;
      fold.setAttribute("aria-pressed", String(is));
      fold.dataset.fold = fold.textContent;
      fold.textContent = other;
      for (const card of cards) folded(card, is);
    });
    for (const link of document.querySelectorAll(".jumps a")) {
      link.addEventListener("click", () => {
        const place = document.getElementById(link.hash.slice(1));
        const card = place && (place.matches(".report") ? place : place.querySelector(".report"));
        if (!card) return;
        (card.closest(".held") || card).hidden = false;
        folded(card, false);
      });
    }
  }
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("details:not([open])")) { each.open = true; opened.push(each); }
  });
  addEventListener("afterprint", () => { while (opened.length) opened.pop().open = false; });
})();
