// The list of messages: adds, updates and erases bubbles; knows nothing of the network.

import { clock, dayOf } from "./times.js";
import { element } from "./markup.js";
import { fill } from "./bubble.js";
import { pendingFile } from "./files.js";

const STATES = { sending: "Envoi…", waiting: "En attente de connexion…", sent: "Envoyé", failed: "Non envoyé.", refused: "Refusé.", lost: "Non envoyé : pas de connexion." };
const NAMES = { bot: "Assistant (IA)", adviser: "Conseiller", member: "Vous", system: "Information" };

/** The conversation on screen; `onTap(button)`, `onWords(text)`, `onRetry(clientId)` and `onDrop(clientId)` are the member's wishes. */
export class View {
  #log;
  #on;

  constructor(log, handlers) {
    this.#log = log;
    this.#on = handlers;
  }

  /** Show a message of the server, in the place of the pending one it confirms. */
  show(message) {
    const pending = message.client_id && this.#pending(message.client_id);
    const node = pending || element("div", [], "message new");
    node.dataset.id = message.id;
    this.#fill(node, message);
    if (!pending) this.#place(node);
    if (message.author === "member" && !message.attachments.length) this.#closeReplies(node);
    this.#arrange();
    return node;
  }

  /** Show a message or file that waits to be sent. */
  showPending(item) {
    if (this.#pending(item.client_id)) return null;
    const node = element("div", [], "message new");
    node.dataset.client = item.client_id;
    this.#fill(node, { author: "member", text: item.text ?? item.title, at: item.at, buttons: [], attachments: [] });
    if (item.file) node.querySelector(".bubble").replaceChildren(pendingFile(item.file));
    this.#log.append(node);
    this.setState(item.client_id, item.failed ? "failed" : "waiting");
    if (!item.file) this.#closeReplies(node);
    this.#arrange();
    return node;
  }

  /** Show how much of a file is on its way (0 to 1). */
  setProgress(clientId, part) {
    const bar = this.#pending(clientId)?.querySelector("progress");
    if (bar) bar.value = part;
  }

  /** Tell under the bubble how the sending goes; `told` says why not. */
  setState(clientId, state, told = "") {
    const node = this.#pending(clientId);
    if (!node || node.dataset.id) return;
    node.classList.toggle("pending", state === "sending" || state === "waiting");
    const isStuck = ["failed", "lost", "refused"].includes(state);
    node.classList.toggle("failed", isStuck);
    const meta = node.querySelector(".meta");
    meta.textContent = `${clock(node.dataset.at)} · ${told || STATES[state]}`;
    if (isStuck && state !== "refused") meta.append(this.#wish("Réessayer", "onRetry", clientId));
    if (isStuck) meta.append(this.#wish("Supprimer", "onDrop", clientId));
  }

  /** Take a bubble away that was never sent. */
  removePending(clientId) {
    this.#pending(clientId)?.remove();
    this.#arrange();
  }

  /** Take away all messages whose number is below `before`. */
  erase(before) {
    for (const node of this.#nodes()) if (Number(node.dataset.id) < before) node.remove();
    this.#arrange();
  }

  /** The newest message of the member, or null. */
  get lastOwn() {
    return [...this.#log.querySelectorAll(".member")].at(-1) ?? null;
  }

  get isEmpty() {
    return !this.#log.querySelector(".message");
  }

  #nodes() {
    return [...this.#log.querySelectorAll(".message")];
  }

  /** After all that the server has numbered, before what still waits. */
  #place(node) {
    const numbered = this.#nodes().filter((other) => other.dataset.id);
    if (numbered.length) numbered.at(-1).after(node);
    else this.#log.prepend(node);
  }

  #pending(clientId) {
    return this.#nodes().find((node) => node.dataset.client === clientId);
  }

  #fill(node, message) {
    const own = message.author === "member" ? (message.client_id ?? node.dataset.client) : "";
    if (own) node.dataset.client = own;
    node.dataset.author = message.author;
    node.dataset.at = message.at;
    node.classList.remove("pending", "failed");
    node.classList.add(message.author);
    const name = element("p", NAMES[message.author], "who");
    node.replaceChildren(name, ...fill(message, (button, pressed) => this.#tap(button, pressed), this.#on.onWords));
  }

  #tap(button, pressed) {
    pressed.classList.add("chosen");
    this.#closeReplies(null);
    this.#on.onTap(button);
  }

  /** A later message of the member answers all earlier questions; a file answers none. */
  #closeReplies(node) {
    for (const button of this.#log.querySelectorAll(".replies button, .card button, .rating :is(button, textarea)")) {
      const isEarlier = !node || button.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (isEarlier) button.disabled = true;
    }
  }

  #wish(label, name, clientId) {
    const button = element("button", label);
    button.type = "button";
    button.addEventListener("click", () => this.#on[name](clientId));
    return button;
  }

  /** Mark where a speaker or a day begins. */
  #arrange() {
    for (const day of this.#log.querySelectorAll(".day")) day.remove();
    let author = "";
    let day = "";
    for (const node of this.#nodes()) {
      const its = dayOf(node.dataset.at);
      if (its !== day) node.before(element("p", its, "day"));
      const isFirst = its !== day || node.dataset.author !== author;
      node.classList.toggle("first", isFirst);
      const who = node.querySelector(".who");
      who.classList.toggle("sr", !isFirst || ["member", "system"].includes(node.dataset.author));
      [author, day] = [node.dataset.author, its];
    }
  }
}
