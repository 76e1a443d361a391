// The list column: puts lines where they belong, takes those away that have left the queue, marks what is to be read.

import { hear } from "./notify.js";

const read = new Map(); // up to which message of a conversation, as far as the stream has told
const rows = () => document.getElementById("rows");
const NUMBERS = ["waiting", "mine", "open", "bot", "unread"];

/** Show one line of the stream: in its place, changed, or gone. */
export function place({ id, html }) {
  const list = rows();
  const known = document.getElementById(`row-${id}`);
  const template = document.createElement("template");
  template.innerHTML = html;
  const row = template.content.querySelector("li");
  mark(row);
  hear(row);
  if (!belongs(row, list.dataset.queue)) {
    remove(known);
    return isShown();
  }
  if (!known && "filtered" in list.dataset) return; // whether it matches, only the server knows
  const hadFocus = known?.contains(document.activeElement);
  const wasOpen = known?.hasAttribute("aria-current");
  const after = others(list, id).find((other) => isBefore(row, other, list.dataset.order));
  if (!after && !known && list.querySelector(".more")) return; // on a later page
  known?.remove();
  if (after) after.before(row);
  else (list.querySelector(".more") ? list.querySelector(".more").before(row) : list.append(row));
  if (!known) row.classList.add("fresh");
  if (wasOpen) row.setAttribute("aria-current", "true");
  window.htmx.process(row);
  if (hadFocus) row.querySelector("a").focus({ preventScroll: true });
  isShown();
}

/** Show how many are in each queue. */
export function counters(counts) {
  for (const name of NUMBERS) {
    const node = document.querySelector(`[data-count="${name}"]`);
    if (node && name in counts) node.textContent = counts[name];
  }
  showBadge();
}

/** Show in the title how many call for this adviser: who waits, and what is to be read. */
export function showBadge() {
  const [waiting, unread] = ["waiting", "unread"].map((name) => Number(document.querySelector(`[data-count="${name}"]`).textContent));
  document.querySelector(".pill").hidden = !unread;
  document.title = `${waiting + unread ? `(${waiting + unread}) ` : ""}Bureau – Cyber Care`;
}

/** Note up to where this adviser has read, here or in another tab. */
export function noteReads(numbers) {
  for (const [id, number] of Object.entries(numbers)) {
    read.set(id, number);
    const row = document.getElementById(`row-${id}`);
    if (row) mark(row);
  }
}

/** All lines of the list. */
export function lines() {
  return [...rows().querySelectorAll(".row")];
}

/** Tell whether there is something in it that this adviser should read; rows.py has the same rule. */
export function isUnread(row) {
  const { id, owner, number, read: known } = row.dataset;
  if (id === document.getElementById("talk")?.dataset.id && document.visibilityState === "visible") return false; // being read
  return Number(number) > Math.max(Number(known), read.get(id) ?? 0) && (owner === "waiting" || isMine(row));
}

/** Tell whether a line's conversation is this adviser's. */
export function isMine(row) {
  return row.dataset.owner === "agent" && row.dataset.adviser === document.body.dataset.me;
}

/** Read the whole list anew. */
export function refreshList() {
  return window.htmx.ajax("GET", `/desk/list?${query()}`, { target: "#list", swap: "innerHTML" });
}

/** What the list shows, as the end of an address. */
export function query() {
  return rows().dataset.query;
}

/** Mark the line of the open conversation. */
export function markOpen(id) {
  for (const row of rows().querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
  document.getElementById(`row-${id}`)?.setAttribute("aria-current", "true");
  lines().forEach(mark);
  document.body.classList.toggle("talking", Boolean(id));
}

/** Say so when the list is empty. */
export function isShown() {
  document.getElementById("empty").hidden = Boolean(rows().querySelector(".row"));
}

function mark(row) {
  row.classList.toggle("unread", isUnread(row));
}

/** Take a line away; the next one gets the focus if it had it. */
function remove(row) {
  if (row?.contains(document.activeElement)) (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("a, button")?.focus();
  row?.remove();
}

function belongs(row, queue) {
  const { owner } = row.dataset;
  if (queue === "mine") return isMine(row);
  if (queue === "open") return owner === "waiting" || owner === "agent";
  return queue === "all" || owner === queue;
}

function others(list, id) {
  return [...list.querySelectorAll(".row")].filter((row) => row.dataset.id !== id);
}

function isBefore(row, other, order) {
  return order === "rank" ? row.dataset.rank < other.dataset.rank : row.dataset.recent > other.dataset.recent;
}
