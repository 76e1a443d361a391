// Ties the desk together: the stream feeds list and conversation, keys move between them.

import { counters, isShown, markOpen, place, query, refreshList } from "./list.js";
import { startKeys } from "./keys.js";
import { startTimes } from "./times.js";
import { talk } from "./talk.js";

const offline = document.getElementById("offline");
let wasOpen = false;

function listen() {
  const source = new EventSource(document.body.dataset.events);
  const on = (name, act) => source.addEventListener(name, (event) => act(JSON.parse(event.data)));
  source.onopen = () => {
    offline.hidden = true;
    if (wasOpen) readAnew(); // something may have happened in between
    wasOpen = true;
  };
  source.onerror = () => {
    offline.hidden = false;
    if (source.readyState === EventSource.CLOSED) setTimeout(comeBack, 2000);
  };
  on("lines", (lines) => {
    lines.forEach(place);
    if (lines.some((line) => line.id === talk.id)) talk.refresh();
  });
  on("counters", counters);
  on("typing", (ids) => ids.includes(talk.id) && talk.showTyping());
  on("stale", readAnew);
  addEventListener("pagehide", () => source.close());
}

/** The stream was refused: the session is over, or the server is away. */
async function comeBack() {
  const answer = await fetch(document.body.dataset.events.replace("events", "list"), { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.status === 401) location.reload();
  else listen();
}

function readAnew() {
  refreshList();
  talk.refresh();
}

document.addEventListener("htmx:after:swap", () => {
  talk.attach();
  markOpen(talk.id);
  isShown();
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
listen();
