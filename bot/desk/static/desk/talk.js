// The open conversation: its end is shown, news are fetched when the stream says so, answers are sent once.

const TYPING_FOR = 6000; // milliseconds
const TELL_TYPING_EVERY = 4000; // milliseconds
const NEAR = 80; // pixels
const FAR = 500; // pixels that a picture may add

class Talk {
  #node = null;
  #isFetching = false;
  #isStale = false;
  #typingTimer = 0;
  #toldTyping = 0;
  #key = "";

  /** The id of the open conversation, or nothing. */
  get id() {
    return this.#node?.dataset.id ?? "";
  }

  /** Take up what the page now shows. */
  attach() {
    const node = document.getElementById("talk");
    if (node === this.#node) return;
    this.#node = node?.dataset.id ? node : null;
    if (!this.#node) return;
    this.#key = newKey();
    this.#toEnd();
    document.getElementById("history").addEventListener("load", () => this.#isAtEnd(FAR) && this.#toEnd(), true); // pictures
    const form = document.getElementById("composer");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(form);
    });
    form.elements.text.addEventListener("input", () => this.#tellTyping(form));
    form.elements.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
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
    else history.append(item);
    const number = Number(item.dataset.number ?? 0);
    if (number > Number(this.#node.dataset.last)) {
      this.#node.dataset.last = number;
      if (item.classList.contains("member")) document.getElementById("typing").hidden = true;
    }
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

  async #send(form) {
    const text = form.elements.text.value.trim();
    if (!text) return;
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    form.elements.key.value = this.#key; // the same until it has arrived: sent twice, it is said once
    const body = new FormData(form);
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
    button.disabled = false;
    if (answer?.status === 401) return location.reload();
    const html = answer && (answer.ok || answer.status === 409 || answer.status === 422) ? await answer.text() : null;
    if (html === null) return this.#say("Pas envoyé : pas de connexion. Réessayez.");
    document.getElementById("head").outerHTML = html;
    window.htmx.process(document.getElementById("head"));
    if (!answer.ok) return;
    this.#key = newKey();
    form.elements.text.value = "";
    form.elements.text.focus();
    await this.refresh();
    this.#toEnd();
  }

  #say(problem) {
    const line = document.createElement("p");
    line.className = "problem";
    line.setAttribute("role", "alert");
    line.textContent = problem;
    const head = document.getElementById("head");
    head.querySelector(".problem")?.remove();
    head.append(line);
  }

  #tellTyping(form) {
    if (Date.now() - this.#toldTyping < TELL_TYPING_EVERY) return;
    this.#toldTyping = Date.now();
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "HX-Request": "true" };
    fetch(`${this.#node.dataset.url}/typing`, { method: "POST", headers }).catch(() => {});
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

function newKey() {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 14)}`;
}

/** The one conversation that is open. */
export const talk = new Talk();
