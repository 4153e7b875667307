// Forms marked data-passkey: ask the server what to sign or make (data-begin), let the browser do
// it, put the answer into the field "answer" and send the form as any other.
"use strict";

(() => {
  const forms = document.querySelectorAll("form[data-passkey]");
  if (!window.PublicKeyCredential || !forms.length) return;

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  function readable(options) {
    const known = (list) => (list || []).map((c) => ({ ...c, id: bytes(c.id) }));
    const made = { ...options, challenge: bytes(options.challenge) };
    if (options.user) made.user = { ...options.user, id: bytes(options.user.id) };
    if (options.excludeCredentials) made.excludeCredentials = known(options.excludeCredentials);
    if (options.allowCredentials) made.allowCredentials = known(options.allowCredentials);
    return made;
  }

  function sendable(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
      if (credential.response[name]) response[name] = text(credential.response[name]);
    return JSON.stringify({
      id: credential.id, rawId: text(credential.rawId), type: credential.type,
      response, clientExtensionResults: credential.getClientExtensionResults(),
    });
  }

  async function ask(form) {
    const token = new FormData();
    token.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(form.dataset.begin, { method: "POST", body: token });
    if (!answer.ok || !/json/.test(answer.headers.get("Content-Type") || "")) throw new Error("begin");
    return { publicKey: readable(await answer.json()) };
  }

  async function run(form) {
    const says = form.querySelector("[data-says]");
    const button = form.querySelector("button");
    says.hidden = true;
    button.disabled = true;
    try {
      const options = await ask(form);
      const credential = form.dataset.passkey === "make"
        ? await navigator.credentials.create(options)
        : await navigator.credentials.get(options);
      form.elements.answer.value = sendable(credential);
      form.submit();
    } catch (problem) {
      const why = { InvalidStateError: "known", Error: "failed", TypeError: "failed" }[problem.name];
      says.textContent = form.dataset[why || "refused"];
      says.hidden = false;
      button.disabled = false;
    }
  }

  for (const form of forms) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run(form);
    });
  }
})();
