// Keys, focus and highlighting of the review and document pages; every act is a form without this.
"use strict";

(() => {
  const page = document.querySelector("[data-review]");
  const text = document.querySelector(".text");
  const list = document.querySelector(".statements");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const cards = () => [...document.querySelectorAll(".card")];
  const current = () => document.querySelector('.card[aria-current="true"]');

  // -- the card in focus and its run in the text ------------------------------------------------

  function within(pane, element, block) {
    // Scroll only the pane, so that the page itself does not jump.
    if (!pane || !element) return;
    if (pane.scrollHeight <= pane.clientHeight + 1) {
      element.scrollIntoView({ block: "nearest" });
      return;
    }
    const outer = pane.getBoundingClientRect();
    const inner = element.getBoundingClientRect();
    let by = 0;
    if (block === "center") by = inner.top - outer.top - (outer.height - Math.min(inner.height, outer.height)) / 3;
    else if (inner.top < outer.top) by = inner.top - outer.top - 8;
    else if (inner.bottom > outer.bottom) by = Math.min(inner.bottom - outer.bottom + 8, inner.top - outer.top - 8);
    pane.scrollBy({ top: by, behavior: calm.matches ? "auto" : "smooth" });
  }

  function light(id) {
    document.querySelectorAll(".text .here").forEach((e) => e.classList.remove("here"));
    if (!id) return;
    document.querySelectorAll(`.text mark[data-s~="${id}"]`).forEach((e) => e.classList.add("here"));
    const tag = document.getElementById(`s${id}`);
    if (tag) {
      tag.classList.add("here");
      within(text, tag, "center");
    }
  }

  function go(card, { focus = true } = {}) {
    if (!card) return;
    cards().forEach((c) => {
      c.toggleAttribute("aria-current", false);
      c.classList.remove("here");
    });
    card.setAttribute("aria-current", "true");
    card.classList.add("here");
    if (focus) card.focus({ preventScroll: true });
    within(list, card, "nearest");
    light(card.dataset.id);
  }

  function step(by, wanted = () => true) {
    const all = cards();
    const at = all.indexOf(current());
    for (let i = at + by; i >= 0 && i < all.length; i += by) {
      if (wanted(all[i])) return go(all[i]);
    }
    if (at < 0 && all.length) go(all[0]);
    return undefined;
  }

  // -- text to card and back --------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#c"], a[href^="#s"]');
    const mark = event.target.closest(".text mark");
    const card = event.target.closest(".card");
    if (link) {
      const id = link.getAttribute("href").slice(2);
      const target = document.getElementById(`c${id}`);
      if (!target) return;
      event.preventDefault();
      history.replaceState(null, "", `#c${id}`);
      go(target);
    } else if (mark && !String(getSelection())) {
      const ids = mark.dataset.s.split(" ");
      const now = current() && ids.indexOf(current().dataset.id);
      const next = ids[(now === null || now < 0 ? ids.length - 1 : now + 1) % ids.length];
      go(document.getElementById(`c${next}`));
    } else if (card && card !== current()) {
      go(card, { focus: !event.target.closest("a, button, input, select, textarea, label") });
    }
  });

  document.addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    if (card && card !== current()) go(card, { focus: false });
  });

  // -- keys ---------------------------------------------------------------------------------------

  const help = document.querySelector("dialog.keys");

  document.addEventListener("keydown", (event) => {
    if (!page || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (help && help.open) return;
    if (event.key === "Escape") {
      const cancel = current() && current().querySelector("[data-cancel]");
      if (cancel) {
        event.preventDefault();
        cancel.click();
      }
      return;
    }
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const verbs = { a: "accept", e: "edit", x: "reject", m: "merge", u: "undo" };
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "n") {
      if (page.dataset.next) location.assign(page.dataset.next);
    } else if (event.key === "?") {
      if (help) help.showModal();
    } else if (verbs[event.key]) {
      if (!current()) step(1);
      let button = current() && current().querySelector(`[data-verb="${verbs[event.key]}"]`);
      if (!button && event.key === "u") {
        // Focus has moved on: undo what was decided last on this page.
        const last = document.getElementById(`c${decided.pop()}`);
        button = last && last.querySelector('[data-verb="undo"]');
      }
      if (button) button.click();
    } else return;
    event.preventDefault();
  });

  document.querySelectorAll("[data-help]").forEach((b) => b.addEventListener("click", () => help.showModal()));

  // -- after a swap -------------------------------------------------------------------------------

  const decided = [];

  // Other answers (notices, the count of a batch) may come in while a card settles: the card is told
  // by the event, never remembered.
  document.addEventListener("htmx:afterSettle", (event) => {
    const card = event.target.closest && event.target.closest(".card");
    if (!card) return;
    const tag = document.getElementById(`s${card.dataset.id}`);
    if (tag) {
      tag.className = tag.className.replace(/is-\w+/, `is-${card.dataset.state}`);
      const signs = { accepted: " ✓", rejected: " ✕", merged: " ⇢" };
      tag.textContent = tag.textContent.split(" ")[0] + (signs[card.dataset.state] || "");
    }
    go(card);
    const first =
      card.querySelector('[aria-invalid="true"]') ||
      card.querySelector("fieldset input, fieldset textarea, fieldset select");
    if (card.dataset.mode && first) first.focus({ preventScroll: true });
    else if (card.dataset.done && card.dataset.state !== "proposed") {
      decided.push(card.dataset.id);
      const all = cards();
      const after = all.slice(all.indexOf(card) + 1);
      go(after.find((c) => c.dataset.state === "proposed") || after[0] || card);
    }
  });

  document.addEventListener("htmx:sendError", () => {
    const said = document.getElementById("said");
    if (said) said.classList.remove("unseen");
    if (said) said.textContent = page.dataset.offline;
  });

  // -- arriving -------------------------------------------------------------------------------------

  const asked = location.hash.match(/^#[cs](\d+)$/);
  const start = (asked && document.getElementById(`c${asked[1]}`)) || document.querySelector(".card.here");
  if (start) go(start);
  else if (page) {
    const first = cards().find((c) => c.dataset.state === "proposed") || cards()[0];
    if (first) go(first);
  }
})();
