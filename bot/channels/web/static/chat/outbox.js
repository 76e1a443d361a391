// What the member sent and the server has not confirmed; kept in localStorage, so a reload or a lost network loses nothing.

import { ApiError, openSession, sendMessage } from "./api.js";

const KEY = "cybercare.outbox";
const PAUSES = [1000, 2000, 4000, 8000, 15000]; // milliseconds between attempts

/** Sends one message after another, each until it is confirmed or refused for good. */
export class Outbox {
  #attempt = 0;
  #timer = 0;
  #isSending = false;
  #onState;
  #onSession;
  #opening = null;
  #identifying = null;

  /** onState(item, state, number): "sending", "waiting", "sent" or "failed"; onSession(): a conversation is open. */
  constructor({ onState, onSession, hasSession }) {
    this.#onState = onState;
    this.#onSession = onSession;
    this.hasSession = hasSession;
  }

  /** All unconfirmed messages, the oldest first. */
  get items() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? [];
    } catch {
      return [];
    }
  }

  /** Keep a message ({text} or {button, title}) and send it; return it with its client_id. */
  add(content) {
    const item = { client_id: newId(), at: new Date().toISOString(), ...content };
    this.#save([...this.items, item]);
    queueMicrotask(() => this.flush());
    return item;
  }

  /** Forget a message: it is confirmed, or the member gave it up. */
  drop(clientId) {
    const items = this.items;
    if (items.some((item) => item.client_id === clientId)) this.#save(items.filter((item) => item.client_id !== clientId));
  }

  /** Try a refused message again. */
  retry(clientId) {
    this.#save(this.items.map((item) => (item.client_id === clientId ? { ...item, failed: false } : item)));
    this.flush();
  }

  /** Send all that waits, now. */
  async flush() {
    clearTimeout(this.#timer);
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let item = this.#next(); item; item = this.#next()) await this.#send(item);
      this.#attempt = 0;
    } catch (error) {
      this.#later(error);
    } finally {
      this.#isSending = false;
    }
  }

  #next() {
    return this.items.find((item) => !item.failed);
  }

  async #send(item) {
    this.#onState(item, "sending");
    try {
      await this.openSession();
      const { id } = await sendMessage({ client_id: item.client_id, text: item.text, button: item.button });
      this.drop(item.client_id);
      this.#onState(item, "sent", id);
    } catch (error) {
      if (!(error instanceof ApiError) || error.isTemporary) throw error;
      if (error.status === 401 && this.hasSession) {
        this.hasSession = false; // expired: go on in a new conversation
        return;
      }
      this.#save(this.items.map((other) => (other.client_id === item.client_id ? { ...other, failed: true } : other)));
      this.#onState(item, "failed");
    }
  }

  /** Open the conversation of a member whom another page vouches for; without a valid identity, go on unknown. */
  async identify(identity) {
    this.#identifying = openSession(identity).then(
      () => (this.hasSession = true),
      () => false, // refused, or no network: the member may go on, unknown
    );
    await this.#identifying;
  }

  /** Have a conversation open; texts and files that ask at the same time get the same one. */
  async openSession() {
    await this.#identifying; // what is written meanwhile belongs to the member's own conversation
    if (this.hasSession) return;
    this.#opening ??= this.#open().finally(() => (this.#opening = null));
    await this.#opening;
  }

  async #open() {
    await openSession();
    this.hasSession = true;
    this.#onSession();
  }

  #later(error) {
    for (const item of this.items) if (!item.failed) this.#onState(item, "waiting");
    const pause = error.retryAfter ? error.retryAfter * 1000 : PAUSES[Math.min(this.#attempt, PAUSES.length - 1)];
    this.#attempt += 1;
    this.#timer = setTimeout(() => this.flush(), pause);
  }

  #save(items) {
    localStorage.setItem(KEY, JSON.stringify(items));
  }
}

/** Return an id for a message; some browsers know randomUUID on https only. */
export function newId() {
  return crypto.randomUUID?.() ?? randomId();
}

function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
