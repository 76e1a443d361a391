// « Mon compte »: asks the browser whether it may notify, and lets the sounds be heard.

import { allowSound, ring } from "./sound.js";

const box = document.getElementById("notifications");
const refused = document.getElementById("refused");

function tell() {
  refused.hidden = !box.checked || (window.Notification?.permission ?? "denied") !== "denied";
}

box.addEventListener("change", async () => {
  if (box.checked) await window.Notification?.requestPermission();
  tell();
});
allowSound();
for (const button of document.querySelectorAll("[data-ring]")) button.addEventListener("click", () => ring(button.dataset.ring === "urgent"));
tell();
