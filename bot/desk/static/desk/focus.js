// Whoever works with the keyboard keeps their place when a part of the page is replaced.

let place = null;
let isDue = false; // a part was replaced and the focus is not yet back: another swap must not forget the place

/** Note where the focus is before a part is replaced, and put it there again, or as near as may be. */
export function keepFocus() {
  document.addEventListener("htmx:before:swap", remember, true);
  document.addEventListener("htmx:after:swap", () => setTimeout(restore));
}

function remember() {
  place = note(document.activeElement) ?? (isDue ? place : null);
  isDue = true;
}

function note(node) {
  if (!node || node === document.body) return null;
  const row = node.closest(".row");
  const act = node.closest("[data-act]") ?? node.closest("details.menu")?.querySelector("summary");
  return {
    selectors: [
      row && `#${row.id} a`,
      node.dataset.queue && `[data-queue="${node.dataset.queue}"]:not(.rows)`,
      act?.dataset.act && `.head [data-act="${act.dataset.act}"]`,
      act?.id && `#${act.id}`,
      node.name && node.form?.id && `#${node.form.id} [name="${node.name}"]`,
      act?.dataset.act === "take" && "#answer",
    ].filter(Boolean),
    before: node.closest(".more")?.previousElementSibling, // « Suite »: on with the first new line
  };
}

function restore() {
  isDue = false;
  if (!place || (document.activeElement !== document.body && isShown(document.activeElement))) return;
  const found = place.selectors.map((selector) => document.querySelector(selector)).find(isShown);
  const node = place.before?.nextElementSibling?.querySelector("a") ?? found ?? document.getElementById("talk");
  node?.focus({ preventScroll: true });
}

/** A narrow window shows the list or the conversation, not both. */
function isShown(node) {
  return Boolean(node?.checkVisibility());
}
