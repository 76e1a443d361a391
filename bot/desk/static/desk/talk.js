// The open conversation: its end is shown, and news are fetched when the stream says so.

import { Composer } from "./composer.js";

const TYPING_FOR = 6000; // milliseconds
const NEAR = 80; // pixels
const FAR = 500; // pixels that a picture may add

class Talk {
  #node = null;
  #isFetching = false;
  #isStale = false;
  #typingTimer = 0;
  #composer = null;

  /** The id of the open conversation, or nothing. */
  get id() {
    return this.#node?.dataset.id ?? "";
  }

  /** Take up what the page now shows. */
  attach() {
    const node = document.getElementById("talk");
    if (node === this.#node) return;
    this.#node = node?.dataset.id ? node : null;
    const left = this.#composer;
    this.#composer = this.#node && new Composer(document.getElementById("composer"), () => this.#afterSending());
    left?.leave(this.#composer);
    if (!this.#node) return;
    this.#toEnd();
    const history = document.getElementById("history");
    new ResizeObserver(() => this.#isAtEnd() && (history.scrollTop = history.scrollHeight)).observe(history); // the composer grows
    history.addEventListener("load", () => this.#isAtEnd(FAR) && this.#toEnd(), true); // pictures
  }

  /** Fetch what is new; asked again meanwhile, once more afterwards. */
  async refresh() {
    if (!this.#node) return;
    this.#isStale = true;
    if (this.#isFetching) return;
    this.#isFetching = true;
    while (this.#isStale) {
      this.#isStale = false;
      await Promise.all([this.#news(), this.#part("head"), this.#part("panel")]).catch(() => {});
    }
    this.#isFetching = false;
  }

  /** Show that the member writes. */
  showTyping() {
    const line = document.getElementById("typing");
    clearTimeout(this.#typingTimer);
    line.hidden = false;
    this.#typingTimer = setTimeout(() => (line.hidden = true), TYPING_FOR);
  }

  async #news() {
    const node = this.#node;
    const html = await this.#get(`messages?after=${node.dataset.last}`);
    if (html === null || node !== this.#node) return;
    const wasAtEnd = this.#isAtEnd();
    const template = document.createElement("template");
    template.innerHTML = html;
    for (const item of template.content.querySelectorAll("article")) this.#put(item);
    if (wasAtEnd) this.#toEnd();
  }

  #put(item) {
    const history = document.getElementById("history");
    const known = document.getElementById(item.id);
    if (known) known.replaceWith(item);
    else history.insertBefore(item, this.#following(item));
    const number = Number(item.dataset.number ?? 0);
    if (number > Number(this.#node.dataset.last)) {
      this.#node.dataset.last = number;
      if (item.classList.contains("member")) document.getElementById("typing").hidden = true;
    }
  }

  /** Return what stands behind a new item: nothing, unless a note belongs to an earlier message. */
  #following(item) {
    const after = Number(item.dataset.after ?? Infinity);
    return [...document.querySelectorAll("#history .message")].find((message) => Number(message.dataset.number) > after) ?? null;
  }

  /** Read the head or the panel anew, unless somebody is working in it. */
  async #part(name) {
    if (isInUse(name)) return;
    const node = this.#node;
    const html = await this.#get(name);
    if (html === null || node !== this.#node || isInUse(name)) return;
    const part = document.getElementById(name);
    if (name === "head") part.outerHTML = html;
    else part.innerHTML = html;
    window.htmx.process(document.getElementById(name));
  }

  async #get(path) {
    const answer = await fetch(`${this.#node.dataset.url}/${path}`, { headers: { "HX-Request": "true" } });
    if (answer.status === 401) location.reload();
    return answer.ok ? answer.text() : null;
  }

  async #afterSending() {
    await this.refresh();
    this.#toEnd();
  }

  #isAtEnd(within = NEAR) {
    const history = document.getElementById("history");
    return history.scrollHeight - history.scrollTop - history.clientHeight < within;
  }

  #toEnd() {
    const history = document.getElementById("history");
    history.scrollTop = history.scrollHeight;
    if (history.scrollHeight <= history.clientHeight) history.lastElementChild?.scrollIntoView({ block: "nearest" });
  }
}

function isInUse(name) {
  const part = document.getElementById(name);
  return Boolean(part.querySelector("details[open]")) || part.contains(document.activeElement);
}

/** The one conversation that is open. */
export const talk = new Talk();
