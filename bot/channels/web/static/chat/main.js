// Ties the page together: composer and buttons → outbox → server → stream → view.

import { Outbox } from "./outbox.js";
import { Stream } from "./stream.js";
import { View } from "./view.js";
import { startAttaching } from "./attach.js";
import { tellTyping } from "./api.js";
import { startComposer } from "./composer.js";
import { Uploads } from "./uploads.js";

const find = (id) => document.getElementById(id);
const [chat, log, typing, newer, offline, waiting, field] = ["chat", "log", "typing", "newer", "offline", "waiting", "text"].map(find);
const TYPING_FOR = 20000; // milliseconds
const ECHO_WITHIN = 5000; // milliseconds in which the stream must show what the server took
const TELL_TYPING_EVERY = 4000; // milliseconds
const MARGIN = 16; // pixels
const header = document.querySelector(".top");
let typingTimer = 0;
let toldTyping = 0;
let isFollowing = true; // false once the member scrolls away to read

const view = new View(log, { onTap: (button) => send({ button: button.token, title: button.title }), onWords: (text) => send({ text }), onRetry, onDrop });
const outbox = new Outbox({ onState, onSession: () => stream.start(), hasSession: "resumes" in chat.dataset });
const uploads = new Uploads({ limits: limits(find("files")), session: outbox, onState: onFileState });
const stream = new Stream({
  message: onMessage,
  typing: onTyping,
  waiting: showWaiting,
  erased: (before) => view.erase(before),
  online: (isOnline) => (offline.hidden = isOnline),
  expired: () => (outbox.hasSession = false),
});

function send(content) {
  const item = outbox.add(content);
  view.showPending(item);
  refresh();
  isFollowing = true;
  follow();
}

function sendFiles(files) {
  const items = files.map((file) => uploads.add(file));
  for (const item of items) view.showPending(item);
  refresh();
  isFollowing = true;
  follow();
  uploads.start();
  field.focus({ preventScroll: true });
}

/** What the server takes, as the page was told. */
function limits(input) {
  const { bytes, tooLarge, wrongType } = input.dataset;
  return { bytes: Number(bytes), tooLarge, wrongType, types: input.accept.split(",") };
}

function onFileState(item, state, detail) {
  if (state === "progress") return view.setProgress(item.client_id, detail);
  if (state === "sent") return onState(item, state, detail);
  view.setState(item.client_id, state, detail);
  follow();
}

function onState(item, state, number) {
  view.setState(item.client_id, state);
  if (state === "waiting") offline.hidden = false;
  if (state === "sent") {
    offline.hidden = true;
    setTimeout(() => stream.last < number && stream.reconnect(), ECHO_WITHIN);
  }
}

function onMessage(message) {
  if (message.client_id) [outbox, uploads].forEach((queue) => queue.drop(message.client_id));
  if (message.author !== "member") showTyping(false);
  view.show(message);
  refresh();
  follow();
}

function onTyping(author) {
  typing.querySelector(".sr").textContent = author === "adviser" ? "Un conseiller écrit…" : "L’assistant écrit…";
  typing.classList.toggle("human", author === "adviser");
  showTyping(true);
  follow();
}

function onRetry(clientId) {
  (uploads.has(clientId) ? uploads : outbox).retry(clientId);
}

function onDrop(clientId) {
  [outbox, uploads].forEach((queue) => queue.drop(clientId));
  view.removePending(clientId);
  refresh();
}

function showTyping(isShown) {
  clearTimeout(typingTimer);
  typing.hidden = !isShown;
  if (isShown) typingTimer = setTimeout(() => (typing.hidden = true), TYPING_FOR);
}

/** Where the member stands in the queue for a human; null when they do not wait. */
function showWaiting(told) {
  waiting.hidden = !told;
  waiting.textContent = told ?? "";
}

function refresh() {
  document.body.classList.toggle("talking", !view.isEmpty);
}

function isAtEnd() {
  return window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 60;
}

// A long answer is read from its beginning: scroll down, but never past the member's own last message.
function follow() {
  if (isFollowing || isAtEnd()) {
    const end = document.documentElement.scrollHeight - window.innerHeight;
    const own = view.lastOwn;
    const top = own ? own.getBoundingClientRect().top + window.scrollY - header.offsetHeight - MARGIN : end;
    window.scrollTo({ top: Math.min(end, top) });
  }
  newer.hidden = isAtEnd();
}

function leave() {
  isFollowing = false;
}

/** The signed identity that another page passed behind `#identity=`; it leaves the address at once. */
function takeIdentity() {
  const [name, value] = location.hash.slice(1).split("=");
  if (name !== "identity") return "";
  history.replaceState(null, "", location.pathname);
  return value ?? "";
}

addEventListener("wheel", leave, { passive: true });
addEventListener("touchmove", leave, { passive: true });
addEventListener("keydown", (event) => event.target !== field && leave());
addEventListener("scroll", () => {
  if (!isAtEnd()) return;
  newer.hidden = true;
  isFollowing = true;
});
newer.addEventListener("click", () => {
  window.scrollTo({ top: document.documentElement.scrollHeight });
  field.focus();
});

startAttaching({ button: find("attach"), input: find("files"), target: find("drop"), onFiles: sendFiles });
const write = startComposer(find("composer"), field, (text) => send({ text }));
for (const button of document.querySelectorAll("[data-command]")) {
  button.addEventListener("click", () => send({ button: button.dataset.command, title: button.innerText }));
}
find("starters").addEventListener("click", (event) => {
  if (event.target.tagName !== "BUTTON") return;
  write(`${event.target.textContent}. `);
  field.focus();
});
field.addEventListener("input", () => {
  if (!outbox.hasSession || Date.now() - toldTyping < TELL_TYPING_EVERY) return;
  toldTyping = Date.now();
  tellTyping();
});
addEventListener("online", () => outbox.flush());

for (const item of outbox.items) view.showPending(item);
refresh();
const identity = takeIdentity();
if (identity) await outbox.identify(identity);
if (outbox.hasSession) stream.start();
outbox.flush();
