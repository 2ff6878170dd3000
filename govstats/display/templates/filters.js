(() => {
  "use strict";
  const form = document.getElementById("filters");
  if (!form) return;
  const output = form.querySelector("output");
  const text = (element) => element.textContent.toLowerCase();
  const reports = Array.from(document.querySelectorAll(".report"), (element) => ({
    element, whole: element.closest(".held") || element, name: text(element.querySelector("h3")), part: element.closest(".part"),
    head: null,
    findings: Array.from(element.querySelectorAll(".finding"), (finding) => ({
      element: finding, rule: finding.querySelector("a").textContent, severity: finding.classList[1], words: null })) }));
  const counts = Array.from(document.querySelectorAll("[data-standing]"));
  let standing = "";
  const show = (element, shown) => { if (element.hidden === shown) element.hidden = !shown; };
  const learn = (report) => {
    if (report.head !== null) return;
    report.head = report.name + " " + Array.from(report.element.children).filter((child) => child.matches("p:not(.finding)")).map(text).join(" ");
    for (const finding of report.findings) finding.words = report.head + " " + text(finding.element);
  };
  const apply = () => {
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const agency = form.elements.agency.value.trim().toLowerCase(), rule = form.elements.rule.value;
    const boxes = Array.from(form.querySelectorAll("[name=severity]"));
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const count of counts) count.setAttribute("aria-pressed", String(count.dataset.standing === standing));
    const narrow = Boolean(rule) || severities.size < boxes.length;
    const has = (where) => words.every((word) => where.includes(word));
    const parts = new Map();
    let shownReports = 0, shownFindings = 0;
    for (const report of reports) {
      if (words.length) learn(report);
      const named = report.name.includes(agency) && (!standing || report.element.classList.contains(standing)), said = !words.length || has(report.head);
      let shown = named && said && !narrow;
      for (const finding of report.findings) {
        const fits = named && severities.has(finding.severity) && (!rule || finding.rule === rule)
          && (said || has(finding.words));
        show(finding.element, fits);
        shown = shown || fits;
        shownFindings += fits;
      }
      show(report.whole, shown);
      shownReports += shown;
      if (report.part) parts.set(report.part, parts.get(report.part) || shown);
    }
    for (const [part, shown] of parts) show(part, shown);
    output.textContent = !narrow && !agency && !standing && !words.length ? output.dataset.all : !shownReports ? output.dataset.none
      : output.dataset.some.replace("{r}", shownReports).replace("{f}", shownFindings);
  };
  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); };
  form.addEventListener("input", soon);
  form.addEventListener("reset", () => { standing = ""; soon(); });
  const again = () => { apply(); form.scrollIntoView({ block: "start" }); };
  for (const count of counts) {
    count.addEventListener("click", () => {
      standing = standing === count.dataset.standing ? "" : count.dataset.standing;
      again();
    });
  }
  for (const button of document.querySelectorAll("[data-rule]")) {
    button.addEventListener("click", () => { form.elements.rule.value = button.dataset.rule; again(); });
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  let next = 0;
  const later = window.requestIdleCallback || ((act) => setTimeout(act, 50, { timeRemaining: () => 8 }));
  const ahead = (idle) => {
    while (next < reports.length && idle.timeRemaining() > 1) learn(reports[next++]);
    if (next < reports.length) later(ahead);
  };
  later(ahead);
  form.hidden = false;
  apply();
})();
