// Files on their way: one after another, kept in memory until the server confirms or refuses them.

import { ApiError, sendFile } from "./api.js";
import { newId } from "./outbox.js";

/** Sends files in order; what failed waits for the network or for the member to try again. */
export class Uploads {
  #items = new Map(); // client_id → {client_id, at, file, state}
  #isSending = false;
  #limits;
  #session;
  #onState;

  /** limits: {bytes, tooLarge, types, wrongType}; session: openSession() and hasSession; onState(item, state, detail). */
  constructor({ limits, session, onState }) {
    this.#limits = limits;
    this.#session = session;
    this.#onState = onState;
    addEventListener("online", () => this.#retryLost());
    addEventListener("beforeunload", (event) => this.#isBusy && event.preventDefault());
  }

  /** Take a file and return its item; call `start` once it is on screen. */
  add(file) {
    const item = { client_id: newId(), at: new Date().toISOString(), file, state: "waiting" };
    this.#items.set(item.client_id, item);
    return item;
  }

  /** Send what waits; refuse at once what the server would refuse after minutes of upload. */
  async start() {
    if (this.#isSending) return;
    this.#isSending = true;
    for (let item = this.#next(); item; item = this.#next()) await this.#send(item);
    this.#isSending = false;
  }

  /** Whether this file was chosen here. */
  has(clientId) {
    return this.#items.has(clientId);
  }

  /** Forget a file: it is confirmed, or the member gave it up. */
  drop(clientId) {
    this.#items.delete(clientId);
  }

  /** Try again. */
  retry(clientId) {
    this.#set(this.#items.get(clientId), "waiting");
    this.start();
  }

  get #isBusy() {
    return [...this.#items.values()].some((item) => ["waiting", "sending", "lost"].includes(item.state));
  }

  #next() {
    return [...this.#items.values()].find((item) => item.state === "waiting");
  }

  #set(item, state, detail) {
    item.state = state;
    this.#onState(item, state, detail);
  }

  async #send(item, isSecondTry = false) {
    const refusal = this.#refusal(item.file);
    if (refusal) return this.#set(item, "refused", refusal);
    this.#set(item, "sending");
    try {
      await this.#session.openSession();
      const { id } = await sendFile(item, (part) => this.#onState(item, "progress", part));
      this.#set(item, "sent", id);
    } catch (error) {
      if (error.status === 401 && !isSecondTry) {
        this.#session.hasSession = false; // expired: go on in a new conversation
        return this.#send(item, true);
      }
      this.#fail(item, error);
    }
  }

  #fail(item, error) {
    const isFinal = error instanceof ApiError && !error.isTemporary;
    if (isFinal) this.#set(item, "refused", error.told);
    else this.#set(item, error instanceof ApiError ? "failed" : "lost", error.told);
  }

  #refusal({ size, type }) {
    if (size > this.#limits.bytes) return this.#limits.tooLarge;
    return type && !this.#limits.types.includes(type) ? this.#limits.wrongType : "";
  }

  #retryLost() {
    for (const item of this.#items.values()) if (item.state === "lost") this.#set(item, "waiting");
    this.start();
  }
}
