// Says which conversation this page shows, and up to where it was read; shows who else looks, and who writes.

import { talk } from "./talk.js";

const WRITES_FOR = 6000; // milliseconds after the last key

let tab = ""; // the id that the stream gave this page
let told = "";
let timer = 0;

/** Be known by another id: the stream has begun anew. */
export function setTab(id) {
  tab = id;
  look();
}

/** Tell what is on the screen, once for each change. */
export async function look() {
  const node = document.getElementById("talk");
  if (!talk.id || document.visibilityState !== "visible") return;
  const number = node.dataset.last;
  const now = `${tab} ${talk.id} ${number}`;
  if (now === told) return;
  told = now;
  const headers = { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value, "HX-Request": "true" };
  const body = new URLSearchParams({ tab, number });
  const answer = await fetch(`${node.dataset.url}/look`, { method: "POST", body, headers, keepalive: true }).catch(() => null);
  if (!answer?.ok && told === now) told = ""; // told again with the next change
}

/** Show who else looks at the open conversation. */
export function showWatching({ id, others }) {
  if (id !== talk.id) return;
  clearTimeout(timer);
  const line = document.getElementById("watching");
  const writing = others.filter((each) => each.writes).map((each) => each.name);
  const looking = others.filter((each) => !each.writes).map((each) => each.name);
  const parts = [];
  if (writing.length) parts.push(`${list(writing)} ${writing.length > 1 ? "écrivent" : "écrit"} une réponse.`);
  if (looking.length) parts.push(`${list(looking)} ${looking.length > 1 ? "regardent" : "regarde"} aussi.`);
  line.textContent = parts.join(" ");
  line.classList.toggle("writing", writing.length > 0);
  line.hidden = !parts.length;
  if (writing.length) timer = setTimeout(() => showWatching({ id, others: others.map(({ name }) => ({ name, writes: false })) }), WRITES_FOR);
}

function list(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} et ${names.at(-1)}`;
}

document.addEventListener("visibilitychange", look);
addEventListener("pagehide", look); // what came a moment ago was read too
