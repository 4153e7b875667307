// The form that changes many tasks shows only the fields of the change that is chosen.
(() => {
  "use strict";
  const kind = document.querySelector("[data-kind]");
  if (!kind) return;
  const show = () => {
    for (const part of document.querySelectorAll("[data-of]")) part.hidden = part.dataset.of !== kind.value;
  };
  kind.addEventListener("change", show);
  show();
})();
