// The list that `/` opens: ready answers, steps of advice and contacts, filtered as one types.

const MOST = 60; // choices shown at once
const PLACEHOLDER = /\{([a-z_]+)\}/g;

/** Watch a composer; `explain()` shows what the placeholders in its text stand for. */
export function startPicker(form) {
  const box = form.querySelector("#picker");
  const words = form.querySelector("#pick-words");
  const list = form.querySelector("#picks");
  const count = form.querySelector("#pick-count");
  const { text } = form.elements;
  let offered = null; // { picks, values }, read once
  let active = -1;

  form.querySelector("#pick-open").addEventListener("click", open);
  text.addEventListener("keydown", (event) => {
    if (event.key !== "/" || text.value.trim() || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  text.addEventListener("input", explain);
  form.addEventListener("change", explain);
  words.addEventListener("input", show);
  words.addEventListener("keydown", onKey);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => choose(event.target.closest("[role=option]")));
  box.addEventListener("focusout", (event) => box.contains(event.relatedTarget) || close());
  explain();

  async function open() {
    box.hidden = false;
    words.value = "";
    words.focus();
    await load();
    show();
  }

  function close() {
    box.hidden = true;
    list.replaceChildren();
  }

  async function load() {
    if (offered) return;
    const answer = await fetch(form.dataset.picks, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) return;
    offered = await answer.json();
    for (const pick of offered.picks) pick.key = fold([pick.hint, pick.title, pick.group].join(" "));
  }

  function onKey(event) {
    const options = list.querySelectorAll("[role=option]");
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: options.length - 1 }[event.key];
    if (to !== undefined) activate((to + options.length) % options.length);
    else if (event.key === "Enter") choose(options[active]);
    else if (event.key === "Escape") text.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function show() {
    const asked = fold(words.value).split(/\s+/).filter(Boolean);
    const fits = (pick) => (asked.length ? asked.every((word) => pick.key.includes(word)) : pick.is_near);
    const begins = (pick) => asked.length === 1 && pick.hint.startsWith(`/${asked[0]} `);
    const found = (offered?.picks ?? []).filter(fits).sort((one, other) => begins(other) - begins(one)).slice(0, MOST);
    const groups = Map.groupBy(found, (pick) => pick.group);
    list.replaceChildren(...[...groups].map(([name, picks], number) => group(name, picks, number)));
    count.textContent = found.length ? `${found.length} choix` : "Rien ne correspond.";
    activate(0);
  }

  function group(name, picks, number) {
    const node = element("div", "", { role: "group" });
    const title = element("p", name, { id: `pick-group-${number}`, role: "presentation" });
    node.setAttribute("aria-labelledby", title.id);
    node.append(title, ...picks.map((pick) => option(pick)));
    return node;
  }

  function option(pick) {
    const node = element("div", "", { role: "option", id: `pick-${offered.picks.indexOf(pick)}`, "aria-selected": "false" });
    node.append(element("strong", pick.title), element("span", pick.hint));
    return node;
  }

  function activate(index) {
    const options = list.querySelectorAll("[role=option]");
    options[active]?.setAttribute("aria-selected", "false");
    for (const other of list.querySelectorAll("[aria-selected=true]")) other.setAttribute("aria-selected", "false");
    active = options.length ? index : -1;
    options[active]?.setAttribute("aria-selected", "true");
    options[active]?.scrollIntoView({ block: "nearest" });
    words.setAttribute("aria-activedescendant", options[active]?.id ?? "");
  }

  /** Put a choice where the cursor stands, its first gap selected. */
  function choose(node) {
    const pick = node && offered.picks[Number(node.id.slice("pick-".length))];
    if (!pick) return;
    text.focus();
    const start = text.selectionStart;
    text.setRangeText(pick.text, start, text.selectionEnd, "end");
    const gap = [...pick.text.matchAll(PLACEHOLDER)].find((found) => !(found[1] in offered.values));
    if (gap) text.setSelectionRange(start + gap.index, start + gap.index + gap[0].length);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Show under the text what its placeholders stand for, and which still lack a value. */
  async function explain() {
    const legend = form.querySelector("#legend");
    const names = form.elements.note.checked ? [] : [...new Set([...text.value.matchAll(PLACEHOLDER)].map((found) => found[1]))];
    if (names.length) await load();
    legend.replaceChildren(...(offered ? names.map(explained) : []));
    legend.hidden = !legend.childElementCount;
  }

  function explained(name) {
    const value = offered.values[name];
    return element("li", `{${name}} : ${value ?? "à compléter"}`, value === undefined ? { class: "gap" } : {});
  }

  return { explain };
}

function element(tag, words, attributes = {}) {
  const node = document.createElement(tag);
  node.textContent = words;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function fold(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
