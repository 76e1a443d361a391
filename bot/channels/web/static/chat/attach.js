// The three ways a file comes in: the paper-clip, the clipboard, and the mouse.

/** Call `onFiles(files)` for each choice. */
export function startAttaching({ button, input, target, onFiles }) {
  const take = (files) => files.length && onFiles([...files]);
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    take(input.files);
    input.value = ""; // the same file may be chosen again
  });
  document.addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData;
    if (!files.length || types.includes("text/plain")) return; // office programs add a picture of the text
    event.preventDefault();
    take(files);
  });
  startDropping(target, take);
}

function startDropping(target, take) {
  const isFiles = (event) => event.dataTransfer?.types.includes("Files");
  const show = (isShown) => (target.hidden = !isShown);
  addEventListener("dragover", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault(); // or the browser would leave the page for the file
    show(true);
  });
  addEventListener("dragleave", (event) => event.relatedTarget === null && show(false));
  addEventListener("drop", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    show(false);
    take(event.dataTransfer.files);
  });
}
