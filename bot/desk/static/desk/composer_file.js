// The one file that goes with an answer: chosen, pasted or dropped; shown as a chip until it is sent.

const TAKEN = ["image/jpeg", "image/png", "image/webp", "application/pdf"];

/** Watch a composer's file field; `isChosen()` tells whether there is one, `forget()` empties it. */
export function chooseFile(form) {
  const input = form.elements.file;
  const chip = form.querySelector("#file-chip");

  input.addEventListener("change", show);
  chip.querySelector("button").addEventListener("click", () => {
    forget();
    form.elements.text.focus();
  });
  form.elements.text.addEventListener("paste", (event) => take(event, event.clipboardData));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event, event.dataTransfer);
  });

  function take(event, given) {
    const file = [...given.files].find((each) => TAKEN.includes(each.type));
    if (!file || input.disabled) return;
    event.preventDefault();
    const chosen = new DataTransfer();
    chosen.items.add(file);
    input.files = chosen.files;
    show();
  }

  function show() {
    const [file] = input.files;
    chip.hidden = !file;
    if (file) chip.querySelector("span").textContent = file.name;
  }

  function forget() {
    input.value = "";
    show();
  }

  return { isChosen: () => input.files.length > 0 && !input.disabled, forget };
}
