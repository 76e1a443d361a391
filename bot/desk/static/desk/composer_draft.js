// Keeps what is typed on the server, shortly after the last key and whenever the adviser turns to something else.

const REST = 800; // milliseconds

/** Watch a composer until `leave()`; between `pause()` and `resume(hasLeft)` it is being sent, and no draft. */
export function keepDraft(form) {
  const status = form.querySelector("#draft-state");
  let timer = 0;
  let saving = Promise.resolve();
  let kept = state();
  let isPaused = false;
  const left = new AbortController();

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.elements.text.addEventListener("blur", flush);
  addEventListener("pagehide", flush, { signal: left.signal });

  function later() {
    clearTimeout(timer);
    status.textContent = "";
    timer = setTimeout(flush, REST);
  }

  function flush() {
    clearTimeout(timer);
    const now = state();
    if (isPaused || now === kept) return;
    kept = now;
    const body = new FormData(form);
    body.delete("file");
    saving = fetch(form.dataset.draft, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true" } })
      .then((answer) => answer.ok && state() === now && (status.textContent = form.elements.text.value.trim() ? "Brouillon gardé" : ""))
      .catch(() => (kept = null)); // tried again with the next key
  }

  function leave() {
    flush();
    left.abort();
  }

  async function pause() {
    isPaused = true;
    status.textContent = "";
    await saving;
  }

  function resume(hasLeft) {
    isPaused = false;
    if (hasLeft) kept = "";
    flush();
  }

  function state() {
    const { text, note } = form.elements;
    return text.value.trim() ? JSON.stringify([text.value, note.checked, ...new FormData(form).getAll("piece")]) : "";
  }

  return { leave, pause, resume };
}
