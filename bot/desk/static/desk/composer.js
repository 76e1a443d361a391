// Where an adviser writes: sends answers, files and notes once, and says what stands in the way.

import { keepDraft } from "./composer_draft.js";
import { chooseFile } from "./composer_file.js";
import { startPicker } from "./composer_picker.js";
import { startPieces } from "./composer_pieces.js";

const TELL_TYPING_EVERY = 4000; // milliseconds
const LOST = "Pas envoyé : pas de connexion. Réessayez.";
const TOO_LARGE = "Pas envoyé : ce fichier est trop lourd.";

/** The composer of one open conversation; `onSent()` is called when something has left. */
export class Composer {
  #form;
  #onSent;
  #draft;
  #file;
  #picker;
  #pieces;
  #key = newKey();
  #toldTyping = 0;

  constructor(form, onSent) {
    this.#form = form;
    this.#onSent = onSent;
    this.#picker = startPicker(form);
    this.#file = chooseFile(form);
    this.#pieces = startPieces(form);
    this.#draft = keepDraft(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    form.addEventListener("change", () => this.#showKind());
    form.elements.text.addEventListener("input", () => this.#tellTyping());
    form.elements.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    const { text } = form.elements;
    text.setSelectionRange(text.value.length, text.value.length); // one goes on with a draft
    this.#showKind();
  }

  /** Keep what was typed: another conversation is opened, or this one anew (then `next` goes on with it). */
  leave(next) {
    if (next && next.#form.action === this.#form.action && !this.#isSending()) {
      next.#form.elements.text.value = this.#form.elements.text.value;
      next.#form.elements.note.checked = this.#form.elements.note.checked;
      next.#pieces.take(this.#pieces.chosen());
      next.#showKind();
    }
    this.#draft.leave();
  }

  async #send() {
    const form = this.#form;
    if (!form.elements.text.value.trim() && !this.#file.isChosen()) return form.elements.text.focus();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    await this.#draft.pause();
    const text = form.elements.text.value;
    form.elements.key.value = this.#key; // the same until it has arrived: sent twice, it is said once
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } }).catch(() => null);
    button.disabled = false;
    if (answer?.status === 401) return location.reload();
    if (answer?.ok) this.#clear(text);
    this.#say(answer?.ok ? "" : await reason(answer));
    this.#draft.resume(Boolean(answer?.ok));
    this.#onSent();
  }

  #isSending() {
    return this.#form.querySelector("button[type=submit]").disabled;
  }

  /** Empty the composer, but for what was typed behind `sent` meanwhile. */
  #clear(sent) {
    const { text, note } = this.#form.elements;
    this.#key = newKey();
    text.value = text.value.startsWith(sent) ? text.value.slice(sent.length).trimStart() : text.value;
    note.checked = false;
    this.#file.forget();
    this.#pieces.take([]);
    this.#picker.explain();
    this.#showKind();
    if (document.activeElement === document.body) text.focus(); // a button that was disabled has lost it
  }

  #say(problem) {
    const line = this.#form.querySelector("#composer-problem");
    line.textContent = problem;
    line.hidden = !problem;
  }

  /** A note looks like one, and brings no file. */
  #showKind() {
    const { note, text, file } = this.#form.elements;
    this.#form.classList.toggle("noting", note.checked);
    this.#form.querySelector("button[type=submit]").textContent = note.checked ? "Garder la note" : "Envoyer";
    this.#form.querySelector("label[for=answer]").textContent = note.checked ? "Votre note interne" : "Votre réponse au membre";
    text.placeholder = note.checked ? text.dataset.note : text.dataset.answer;
    file.disabled = note.checked;
  }

  #tellTyping() {
    if (this.#form.elements.note.checked || Date.now() - this.#toldTyping < TELL_TYPING_EVERY) return;
    this.#toldTyping = Date.now();
    const headers = { "X-CSRFToken": this.#form.elements.csrfmiddlewaretoken.value, "HX-Request": "true" };
    fetch(this.#form.dataset.typing, { method: "POST", headers }).catch(() => {});
  }
}

/** What to say about an answer that did not leave; null: there was no answer. */
async function reason(answer) {
  if (answer?.status === 413) return TOO_LARGE;
  return [409, 422].includes(answer?.status) ? answer.text() : LOST;
}

function newKey() {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 14)}`;
}
