// Ties the desk together: the stream feeds list and conversation, keys move between them.

import { counters, isShown, lines, markOpen, noteReads, place, query, refreshList, showBadge } from "./list.js";
import { keepFocus } from "./focus.js";
import { startKeys } from "./keys.js";
import { hear, know, startCalls } from "./notify.js";
import { startTimes } from "./times.js";
import { talk } from "./talk.js";
import { look, setTab, showWatching } from "./watching.js";

const offline = document.getElementById("offline");
let isCatchingUp = false; // what the list brings then is news

function listen() {
  const source = new EventSource(document.body.dataset.events);
  const on = (name, act) => source.addEventListener(name, (event) => act(JSON.parse(event.data)));
  source.onopen = () => (offline.hidden = true);
  source.onerror = () => {
    offline.hidden = false;
    if (source.readyState === EventSource.CLOSED) setTimeout(comeBack, 2000);
  };
  on("tab", setTab);
  on("reads", noteReads);
  on("lines", (lines) => {
    lines.forEach(place);
    if (lines.some((line) => line.id === talk.id)) talk.refresh().then(look);
  });
  on("watching", showWatching);
  on("counters", counters);
  on("typing", (ids) => ids.includes(talk.id) && talk.showTyping());
  on("stale", readAnew);
  addEventListener("pagehide", () => source.close());
}

/** The stream was refused: the session is over, or the server is away. */
async function comeBack() {
  const answer = await fetch("/desk/list", { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.status === 401) location.reload();
  else listen();
}

async function readAnew() {
  isCatchingUp = true;
  talk.refresh();
  await refreshList();
  lines().forEach(hear);
  isCatchingUp = false;
}

document.addEventListener("htmx:after:swap", () => {
  talk.attach();
  markOpen(talk.id);
  if (!isCatchingUp) lines().forEach(know);
  isShown();
  showBadge();
  look();
  history.replaceState(history.state, "", `${location.pathname}?${query()}`); // a reload shows the same list
});
document.addEventListener("click", (event) => {
  const back = event.target.closest(".back");
  if (back) back.search = query();
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
// What was left alone while somebody worked in it is brought up to date afterwards.
document.addEventListener("toggle", (event) => !event.target.open && event.target.closest("#head, #panel") && talk.refresh(), true);

talk.attach();
markOpen(talk.id);
startTimes();
startKeys();
startCalls(lines());
keepFocus();
listen();
