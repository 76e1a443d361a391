// Draws the charts from the page's own JSON, keeps today's strip fresh, gives a chart as a picture.
import { draw, redrawAll } from "./draw.js";
import { savePicture } from "./picture.js";

const EVERY = 20000; // milliseconds

for (const canvas of document.querySelectorAll("canvas[data-chart]")) draw(canvas);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redrawAll());
addEventListener("beforeprint", () => redrawAll(true));
addEventListener("afterprint", () => redrawAll());

for (const button of document.querySelectorAll("button[data-png]")) {
  button.addEventListener("click", () => savePicture(document.getElementById(button.dataset.png)));
}

const today = document.getElementById("today");

async function refresh() {
  if (document.hidden) return;
  try {
    const response = await fetch(today.dataset.source, { headers: { Accept: "text/html" } });
    if (response.ok && !response.redirected) today.innerHTML = await response.text();
  } catch { /* the next one comes soon */ }
}

if (today) setInterval(refresh, EVERY);
