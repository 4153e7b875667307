// What the server refused to a part of the page is said above it; what was typed waits in this tab
// until the person is back from the log-in page.
"use strict";

(() => {
  const KEPT = "diemcau-typed";
  const SENT = "diemcau-sent";
  const region = document.getElementById("trouble");
  if (!region) return;

  const fields = (form) =>
    [...form.elements].filter(
      (f) => f.name && !/^(hidden|password|file|submit|button)$/.test(f.type) && f.tagName !== "BUTTON",
    );

  function keep(form, path, under = KEPT) {
    const typed = fields(form).map((f) => [f.name, f.value, f.checked === true]);
    if (typed.length) sessionStorage.setItem(under, JSON.stringify({ path, action: form.getAttribute("action"), typed }));
  }

  // What was sent is kept until the next page says whether it arrived.
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const isRefused = document.querySelector("[data-sent]") !== null;
  if (sent && isRefused) sessionStorage.setItem(KEPT, sent);
  document.addEventListener("submit", (event) => {
    if (event.target.method === "post" && document.body.matches(".in")) keep(event.target, location.pathname, SENT);
  });

  document.addEventListener("htmx:responseError", (event) => {
    const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    let said = answer.querySelector("[data-trouble]");
    if (!said) {
      // A whole page that says why: its sentence is what counts.
      const why = answer.querySelector("main h1 + p, main p");
      said = document.createElement("p");
      said.className = "note error";
      said.textContent = why ? why.textContent : region.dataset.otherwise;
    }
    const form = event.detail.elt.closest("form");
    const card = event.detail.elt.closest(".card");
    const link = said.querySelector("a[href]");
    if (link && form) {
      const url = new URL(link.getAttribute("href"), location.href);
      const back = new URL(url.searchParams.get("next") || url.pathname + url.search, location.href);
      if (card && card.dataset.mode) {
        back.searchParams.delete("s");
        back.searchParams.set(card.dataset.mode, card.dataset.id);
      }
      if (card) back.hash = `c${card.dataset.id}`;
      const to = back.pathname + back.search + back.hash;
      if (link.dataset.next) url.searchParams.set("next", to);
      link.href = link.dataset.next ? url.href : to;
      keep(form, back.pathname);
    }
    region.replaceChildren(document.importNode(said, true));
    const shown = region.querySelector("a[href]");
    if (shown && link && !link.dataset.next && form) {
      const to = link.getAttribute("href");
      shown.addEventListener("click", (e) => {
        e.preventDefault();
        history.replaceState(null, "", to);
        location.reload();
      });
    }
  });

  // What the frame fetches by itself answers nothing the person did.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!event.target.closest(".who")) region.replaceChildren();
  });

  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
  if (!kept || isRefused || kept.path !== location.pathname) return;
  sessionStorage.removeItem(KEPT);
  const holds = (f) => kept.typed.some(([name]) => f.elements.namedItem(name));
  const form = [...document.forms].find((f) => f.getAttribute("action") === kept.action && holds(f));
  if (!form) return;
  for (const [name, value, checked] of kept.typed) {
    const field = fields(form).find((f) => f.name === name && (f.type !== "radio" || f.value === value));
    if (!field) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = checked;
    else field.value = value;
  }
})();
