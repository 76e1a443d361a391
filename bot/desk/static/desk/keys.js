// The keyboard: j and k move in the list, Enter opens, r answers, / searches, ? explains.

const links = () => [...document.querySelectorAll("#rows .row a")];

const ACTS = {
  j: () => step(1),
  k: () => step(-1),
  r: () => document.getElementById("answer")?.focus(),
  "/": () => document.getElementById("words").focus(),
  "?": () => document.getElementById("help").showModal(),
};

/** Listen for keys that are not meant for a field. */
export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return leave(event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target) || document.querySelector("dialog[open]")) return;
    const act = ACTS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.getElementById("help-button").addEventListener("click", ACTS["?"]);
}

/** Close the menu, or leave the field. */
function leave(node) {
  const menu = node.closest("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (isField(node)) node.blur();
}

function step(by) {
  const all = links();
  const open = document.querySelector("#rows [aria-current] a");
  const at = all.indexOf(document.activeElement) >= 0 ? all.indexOf(document.activeElement) : all.indexOf(open);
  all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
}

function isField(node) {
  return node.matches("input, textarea, select");
}
