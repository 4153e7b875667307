// Ctrl+Enter in a report presses its first button; a form that was refused is opened and focused.
"use strict";

(() => {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest("form[data-submit-key]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[name=to]"));
  });

  function open() {
    const at = location.hash && document.getElementById(location.hash.slice(1));
    const fold = at && (at.matches("details") ? at : at.querySelector("details"));
    if (fold) fold.open = true;
  }

  window.addEventListener("hashchange", open);
  open();
})();
