(() => {
  "use strict";
  const result = document.getElementById("result");
  if (result && location.pathname.endsWith("/check")) {
    for (const link of document.querySelectorAll("a[href]:not([href^='#'])")) link.setAttribute("href", link.href);
    history.replaceState(null, "", result.dataset.here);
  }
  const form = document.getElementById("check");
  if (!form) return;
  document.documentElement.classList.add("script");
  const input = document.getElementById("files"), drop = document.getElementById("drop");
  const text = document.getElementById("text"), list = document.getElementById("chosen");
  const clear = document.getElementById("clear"), state = document.getElementById("state");
  const button = form.querySelector("button[type=submit]");
  const said = state.dataset, most = form.dataset;
  let chosen = [];
  const size = (bytes) => bytes < 1048576 ? Math.ceil(bytes / 1024) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
  const problem = () => {
    if (chosen.length > +most.files) return said.many;
    const all = chosen.reduce((sum, file) => sum + file.size, 0);
    return all > +most.upload || chosen.some((file) => file.size > +most.file) ? said.large : "";
  };
  const show = () => {
    const held = new DataTransfer();
    for (const file of chosen) held.items.add(file);
    input.files = held.files;
    list.replaceChildren(...chosen.map((file, at) => {
      const line = document.createElement("li"), name = document.createElement("bdi");
      const bytes = document.createElement("small"), remove = document.createElement("button");
      name.textContent = file.name;
      bytes.textContent = size(file.size);
      remove.type = "button";
      remove.textContent = "×";
      remove.setAttribute("aria-label", said.remove + " " + file.name);
      remove.addEventListener("click", () => { chosen.splice(at, 1); show(); input.focus(); });
      line.append(name, bytes, remove);
      return line;
    }));
    list.hidden = clear.hidden = !chosen.length;
    state.textContent = problem();
  };
  const add = (files) => { chosen = chosen.concat(Array.from(files)); show(); };
  input.addEventListener("change", () => add(input.files));
  clear.addEventListener("click", () => { chosen = []; show(); input.focus(); });
  const over = (event) => {
    if (!Array.from(event.dataTransfer.types).includes("Files")) return;
    event.preventDefault();
    drop.classList.add("over");
  };
  addEventListener("dragenter", over);
  addEventListener("dragover", over);
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    drop.classList.remove("over");
    const items = Array.from(event.dataTransfer.items || []).filter((item) => item.kind === "file");
    const folder = (item) => Boolean(item.webkitGetAsEntry && (item.webkitGetAsEntry() || {}).isDirectory);
    const folders = items.some(folder);
    add(folders ? items.filter((item) => !folder(item)).map((item) => item.getAsFile()) : event.dataTransfer.files);
    if (folders) state.textContent = said.folder;
  });
  text.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    if (!/<table/i.test(html)) return;
    event.preventDefault();
    add([new File(["<meta charset=utf-8>" + html], said.pasted + ".html", { type: "text/html" })]);
  });
  form.addEventListener("submit", (event) => {
    const why = !chosen.length && !text.value.trim() ? said.nothing : problem();
    if (why) {
      event.preventDefault();
      state.textContent = why;
      return;
    }
    state.textContent = said.sending;
    button.disabled = true;
  });
  addEventListener("pageshow", () => { button.disabled = false; state.textContent = ""; chosen = Array.from(input.files); show(); });
})();
