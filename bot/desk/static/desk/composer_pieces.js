// Pieces that an answer asks for: a click in the claim puts the sentence here, and the piece as a chip.

/** Watch a composer; `chosen()` returns its pieces as [{ id, name }], `take(pieces)` replaces them. */
export function startPieces(form) {
  const list = form.querySelector("#asked");
  list.addEventListener("click", (event) => event.target.closest("button")?.parentElement.remove());

  function add({ id, name }) {
    if (list.querySelector(`input[value="${CSS.escape(id)}"]`)) return;
    const chip = list.querySelector("template").content.firstElementChild.cloneNode(true);
    chip.querySelector("input").value = id;
    chip.querySelector("span").textContent = name;
    list.append(chip);
  }

  form.addEventListener("desk:ask", ({ detail }) => {
    const { text } = form.elements;
    text.value = [text.value.trim(), detail.text].filter(Boolean).join("\n\n");
    form.elements.note.checked = false;
    add(detail);
    form.dispatchEvent(new Event("change"));
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  });

  return {
    chosen: () => [...list.querySelectorAll("li")].map((chip) => ({ id: chip.querySelector("input").value, name: chip.querySelector("span").textContent })),
    take: (pieces) => {
      for (const chip of list.querySelectorAll("li")) chip.remove();
      pieces.forEach(add);
    },
  };
}

// The claim is drawn anew now and then: its buttons are heard wherever they stand.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-ask]");
  if (!button) return;
  const detail = { id: button.dataset.ask, name: button.dataset.name, text: button.dataset.text };
  document.getElementById("composer").dispatchEvent(new CustomEvent("desk:ask", { detail }));
});
