// Calls the adviser: somebody new waits, or a member wrote in one of their conversations; by sound, on the screen, or both.

import { isMine, isUnread } from "./list.js";
import { allowSound, ring } from "./sound.js";

const FRESH = 120000; // milliseconds: who waits longer was announced before this page was there
const ONCE_FOR = 3000; // milliseconds in which only one of several pages calls
const { sound, notifications, showsText } = document.body.dataset;
const heard = new Set();

/** Begin: what is on the page already calls nobody. */
export function startCalls(rows) {
  if (sound !== undefined) allowSound();
  rows.forEach(know);
}

/** Take a line as known. */
export function know(row) {
  heard.add(sign(row));
}

/** Hear of a line that came or changed; call the adviser when it is for them. */
export function hear(row) {
  if (heard.has(sign(row))) return;
  know(row);
  if (matters(row)) once(sign(row), () => call(row));
}

/** What makes a line new: it waits since another moment or is more urgent, or the member wrote another message. */
function sign(row) {
  const { id, owner, number, rank } = row.dataset;
  return owner === "waiting" ? `${id} waits ${rank}` : `${id} says ${number}`;
}

function matters(row) {
  if (row.dataset.owner === "waiting") return isGravest(row) || Date.now() - Date.parse(row.querySelector("time").dateTime) < FRESH;
  return isMine(row) && isUnread(row);
}

function isGravest(row) {
  return row.classList.contains("p0");
}

function call(row) {
  if (document.querySelector("#availability .away")) return; // « Absent »
  const isUrgent = isGravest(row) || row.classList.contains("p1");
  if (sound !== undefined) ring(isUrgent);
  if (notifications !== undefined) show(row, isUrgent);
}

function show(row, isUrgent) {
  if (Notification.permission !== "granted" || document.hasFocus()) return;
  const title = row.dataset.owner === "waiting" ? "Quelqu’un attend" : "Un de vos membres a écrit";
  const body = showsText === undefined ? "" : row.querySelector(".preview").textContent;
  const shown = new Notification(isUrgent ? `Urgent : ${title.toLowerCase()}` : title, { body, tag: row.dataset.id });
  const where = row.querySelector("a").href;
  shown.onclick = () => {
    window.focus();
    const link = document.querySelector(`#row-${row.dataset.id} a`);
    if (link) link.click();
    else location.assign(where);
  };
}

/** Of all pages of this browser, let one act. */
function once(name, act) {
  if (!navigator.locks) return act();
  navigator.locks.request(name, { ifAvailable: true }, (lock) => lock && (act(), new Promise((done) => setTimeout(done, ONCE_FOR))));
}
