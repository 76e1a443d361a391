// The review by keyboard: j and k move, a accepts, t goes to the type, x discards, u undoes; a decision moves on.

const left = document.getElementById("left");
const open = () => [...document.querySelectorAll(".example:not(.decided)")];
const present = () => document.activeElement.closest(".example:not(.decided)");

const ACTS = {
  j: () => step(1),
  k: () => step(-1),
  a: () => present()?.querySelector("[value=accept]").click(),
  x: () => present()?.querySelector("[value=discard]").click(),
  t: () => present()?.querySelector("[name=label]").select(),
  u: () => decided.map((id) => document.getElementById(id)?.querySelector(".undo")).filter(Boolean).at(-1)?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") present()?.focus();
  if ("noKeys" in document.body.dataset || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select")) return;
  const act = ACTS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

const total = Number(left.textContent);
let decided = []; // ids of the cards, in the order of decisions
let place = ""; // the card that the request under way is about

document.addEventListener("htmx:before:request", (event) => (place = event.target.closest(".example")?.id ?? ""));
document.addEventListener("htmx:after:swap", () => {
  left.textContent = total - document.querySelectorAll("[data-decided]").length;
  decided = [...decided.filter((id) => id !== place), place];
  const cards = [...document.querySelectorAll(".example")];
  const after = cards.slice(Math.max(0, cards.findIndex((card) => card.id === place)));
  (after.find((card) => !card.classList.contains("decided")) ?? open()[0] ?? after[0])?.focus();
});

function step(by) {
  const all = open();
  const at = all.indexOf(present());
  (all[Math.max(0, Math.min(all.length - 1, at + by))] ?? all[0])?.focus();
}
