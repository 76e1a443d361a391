// Times in the list as people say them: how long somebody waits, or when something was; brought up to date.

const MINUTE = 60000; // milliseconds
const LATE = 10; // minutes
const clock = new Intl.DateTimeFormat("fr-BE", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("fr-BE", { day: "numeric", month: "short" });

/** Keep the times of the list right. */
export function startTimes() {
  update();
  setInterval(update, MINUTE / 4);
  new MutationObserver(update).observe(document.getElementById("list"), { childList: true, subtree: true });
}

function update() {
  for (const node of document.querySelectorAll("time[data-since]")) {
    const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(node.dateTime)) / MINUTE));
    put(node, minutes < 1 ? "à l’instant" : minutes < 60 ? `${minutes} min` : minutes < 1440 ? `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}` : `${Math.floor(minutes / 1440)} j`);
    node.classList.toggle("late", minutes >= LATE);
  }
  for (const node of document.querySelectorAll("time[data-when]")) {
    const when = new Date(node.dateTime);
    put(node, when.toDateString() === new Date().toDateString() ? clock.format(when) : day.format(when));
  }
}

function put(node, text) {
  if (node.textContent !== text) node.textContent = text; // the observer watches
}
