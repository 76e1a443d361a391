// The list column: puts lines where they belong, takes those away that have left the queue.

const rows = () => document.getElementById("rows");
const NUMBERS = ["waiting", "mine", "open", "bot"];

/** Show one line of the stream: in its place, changed, or gone. */
export function place({ id, html }) {
  const list = rows();
  const known = document.getElementById(`row-${id}`);
  const template = document.createElement("template");
  template.innerHTML = html;
  const row = template.content.querySelector("li");
  if (!belongs(row, list.dataset.queue)) {
    known?.remove();
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
  document.title = `${counts.waiting ? `(${counts.waiting}) ` : ""}Bureau – Cyber Care`;
}

/** Read the whole list anew. */
export function refreshList() {
  window.htmx.ajax("GET", `/desk/list?${query()}`, { target: "#list", swap: "innerHTML" });
}

/** What the list shows, as the end of an address. */
export function query() {
  return rows().dataset.query;
}

/** Mark the line of the open conversation. */
export function markOpen(id) {
  for (const row of rows().querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
  document.getElementById(`row-${id}`)?.setAttribute("aria-current", "true");
  document.body.classList.toggle("talking", Boolean(id));
}

/** Say so when the list is empty. */
export function isShown() {
  document.getElementById("empty").hidden = Boolean(rows().querySelector(".row"));
}

function belongs(row, queue) {
  const { owner, adviser } = row.dataset;
  if (queue === "mine") return owner === "agent" && adviser === document.body.dataset.me;
  if (queue === "open") return owner === "waiting" || owner === "agent";
  return queue === "all" || owner === queue;
}

function others(list, id) {
  return [...list.querySelectorAll(".row")].filter((row) => row.dataset.id !== id);
}

function isBefore(row, other, order) {
  return order === "rank" ? row.dataset.rank < other.dataset.rank : row.dataset.recent > other.dataset.recent;
}
