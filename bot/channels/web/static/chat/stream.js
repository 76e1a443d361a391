// The conversation's event stream: reconnects after the last message seen, with growing pauses.

import { isSessionValid } from "./api.js";

const LONGEST_PAUSE = 15000; // milliseconds
const STALE_AFTER = 20000; // milliseconds in the background after which the connection is not trusted

/** Calls the handlers: message(data), typing(author), waiting(told), erased(before), online(isOnline), expired(). */
export class Stream {
  last = 0;
  #source = null;
  #timer = 0;
  #pause = 1000;
  #hiddenAt = 0;
  #isWanted = false;
  #on;

  constructor(handlers) {
    this.#on = handlers;
    addEventListener("online", () => this.reconnect());
    addEventListener("offline", () => this.#lost());
    document.addEventListener("visibilitychange", () => this.#seen());
  }

  /** Connect unless that is done. */
  start() {
    this.#isWanted = true;
    if (!this.#source) this.#connect();
  }

  /** Connect anew now, if a connection is wanted at all. */
  reconnect() {
    if (!this.#isWanted) return;
    this.#pause = 1000;
    this.#connect();
  }

  #connect() {
    clearTimeout(this.#timer);
    this.#source?.close();
    const source = new EventSource(`/api/chat/events?after=${this.last}`);
    this.#source = source;
    source.onopen = () => {
      this.#pause = 1000;
      this.#on.online(true);
    };
    source.onerror = () => this.#lost(source.readyState === EventSource.CLOSED);
    source.addEventListener("typing", (event) => this.#on.typing(JSON.parse(event.data).author));
    source.addEventListener("waiting", (event) => this.#on.waiting(JSON.parse(event.data).told));
    source.addEventListener("erased", (event) => this.#on.erased(JSON.parse(event.data).before));
    source.addEventListener("message", (event) => {
      const message = JSON.parse(event.data);
      if (message.id <= this.last) return;
      this.last = message.id;
      this.#on.message(message);
    });
  }

  async #lost(wasRefused = false) {
    if (!this.#isWanted) return;
    this.#source?.close();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), this.#pause * (0.8 + 0.4 * Math.random()));
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
    if (wasRefused && (await isSessionValid().catch(() => true)) === false) this.#expire();
    else this.#on.online(false);
  }

  #expire() {
    clearTimeout(this.#timer);
    this.#isWanted = false;
    this.#source = null;
    this.last = 0;
    this.#on.expired();
  }

  #seen() {
    if (document.hidden) this.#hiddenAt = Date.now();
    else if (Date.now() - this.#hiddenAt > STALE_AFTER) this.reconnect();
  }
}
