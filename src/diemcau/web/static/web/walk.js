// Keys: "/" to the search box; in a list marked data-walk, j and k move over its rows and
// Enter opens the row's first link, x ticks the row. Typing in a field is left alone. A drop-down of filters closes
// by Escape, which gives the focus back to it, and by a click outside. A form that was refused has the
// focus in its first wrong field, or where none is told apart, in its first one.
(() => {
  "use strict";
  const fault = document.querySelector("main [aria-invalid=true], main form .fault[role=alert]:not([hidden])");
  if (fault) {
    const form = fault.closest("form");
    const first = fault.matches(".fault") && form
      ? form.querySelector("input:not([type=hidden]), select, textarea") : fault;
    if (first) first.focus();
  }
  const typing = (t) => t.isContentEditable
    || (/^(input|textarea|select)$/i.test(t.tagName) && t.type !== "checkbox");
  const rows = () => Array.from(document.querySelectorAll("[data-walk] [data-row]"));
  const open = () => Array.from(document.querySelectorAll("details.chips[open]"));
  document.addEventListener("click", (event) => {
    for (const d of open()) if (!d.contains(event.target)) d.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target.id === "find") return event.target.blur();
    if (event.key === "Escape") {
      const down = open();
      if (down.length) down[0].querySelector("summary").focus();
      return down.forEach((d) => { d.open = false; });
    }
    if (typing(event.target)) return;
    if (event.key === "/") {
      const find = document.getElementById("find");
      if (find) { event.preventDefault(); find.focus(); find.select(); }
      return;
    }
    const step = { j: 1, k: -1 }[event.key];
    const list = rows();
    if (!list.length) return;
    const at = list.indexOf(document.activeElement.closest("[data-row]"));
    if (step) {
      const next = list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + step))];
      next.focus();
      next.scrollIntoView({ block: "nearest" });
      event.preventDefault();
    } else if (event.key === "x" && at >= 0) {
      const tick = list[at].querySelector("[data-tick]");
      if (tick) tick.checked = !tick.checked;
    } else if (event.key === "Enter" && document.activeElement === list[at]) {
      const link = list[at].querySelector("a[href]");
      if (link) link.click();
    }
  });
})();
