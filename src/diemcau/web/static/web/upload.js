// Sending files: what became of them is said above the form, and a file that was stopped is still
// at hand, so that who decides that it is open need not look for it again.
"use strict";

(() => {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const chosen = form.querySelector("input[type=file]");
  const busy = form.querySelector("[data-busy]");
  const tooLarge = form.querySelector("[data-too-large]");

  const isTooLarge = () =>
    [...chosen.files].reduce((sum, file) => sum + file.size, 0) > Number(form.dataset.limit);

  form.addEventListener("submit", (event) => {
    tooLarge.hidden = !isTooLarge();
    if (tooLarge.hidden) busy.hidden = false;
    else event.preventDefault();
  });
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === form && isTooLarge()) event.preventDefault();
  });
  form.addEventListener("htmx:afterRequest", () => {
    busy.hidden = true;
  });

  function hand(decision) {
    const field = decision.querySelector("[data-file]");
    const file = [...chosen.files].find((f) => f.name === decision.dataset.again);
    if (!field || !file) return;
    const carrier = new DataTransfer();
    carrier.items.add(file);
    field.querySelector("input").files = carrier.files;
    field.hidden = true;
  }

  document.addEventListener("htmx:load", (event) => {
    event.detail.elt.querySelectorAll("form[data-again]").forEach(hand);
    if (event.detail.elt.matches("[data-decided]")) event.detail.elt.focus();
  });
  // Only what comes with the decision is sent: the file goes with "not secret" alone.
  document.addEventListener("htmx:configRequest", (event) => {
    const decision = event.target.closest?.("form[data-again]");
    if (!decision) return;
    const choice = decision.querySelector("[name=decision]:checked");
    if (choice && choice.value !== "open") event.detail.formData?.delete("file");
  });
})();
