// The form at the bottom: grows with the text, Enter sends, what is typed survives a reload.

const DRAFT = "cybercare.draft";

/** Call `onSend(text)` for each message; return a function that puts a text into the field. */
export function startComposer(form, field, onSend) {
  const fit = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  };
  const put = (text) => {
    field.value = text;
    sessionStorage.setItem(DRAFT, text);
    fit();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text) onSend(text);
    put("");
    field.focus();
  });
  field.addEventListener("input", () => put(field.value));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  put(sessionStorage.getItem(DRAFT) ?? "");
  return put;
}
