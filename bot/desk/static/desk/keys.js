// The keyboard: what each key does stands in the help (_keys.html); here, how a few of its acts are done.
// All others press the button, or open the menu, that carries the act's name.

const links = () => [...document.querySelectorAll("#rows .row a")];

const ACTS = {
  next: () => step(1),
  previous: () => step(-1),
  unread: openUnread,
  answer: () => document.getElementById("answer")?.focus(),
  note: () => {
    document.getElementById("as-note")?.click();
    ACTS.answer();
  },
  insert: () => document.getElementById("pick-open")?.click(),
  search: () => document.getElementById("words").focus(),
  help: () => document.getElementById("help").showModal(),
};

/** Listen for keys that are not meant for a field. */
export function startKeys() {
  const table = new Map([...document.querySelectorAll("#keys [data-key]")].map((line) => [line.dataset.key, line.dataset.act]));
  const isOff = "noKeys" in document.body.dataset;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return leave(event.target);
    if (isOff || event.ctrlKey || event.metaKey || event.altKey || isField(event.target) || document.querySelector("dialog[open]")) return;
    const act = table.get(event.key.toLowerCase()); // capitals may be locked
    if (!act) return;
    event.preventDefault();
    (ACTS[act] ?? (() => press(act)))();
  });
  document.getElementById("help-button").addEventListener("click", ACTS.help);
}

/** Press a button, or open a menu and go to its first field. */
function press(act) {
  const node = document.querySelector(`[data-act="${act}"]:not(#keys *)`);
  if (node?.tagName !== "SUMMARY") return node?.click();
  const menu = node.parentElement;
  for (const other of document.querySelectorAll("details.menu[open]")) other.open = false;
  menu.open = true;
  (menu.querySelector("[aria-current]") ?? menu.querySelector("select, input:not([type=hidden]), textarea, form button"))?.focus();
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
  all[Math.max(0, Math.min(all.length - 1, here(all) + by))]?.focus();
}

/** Open the next line with something to read, from the top again after the last. */
function openUnread() {
  const all = links();
  const at = here(all);
  const next = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((link) => link.closest(".unread"));
  next?.focus();
  next?.click();
}

function here(all) {
  const at = all.indexOf(document.activeElement);
  return at >= 0 ? at : all.indexOf(document.querySelector("#rows [aria-current] a"));
}

function isField(node) {
  return node.matches("input, textarea, select");
}
