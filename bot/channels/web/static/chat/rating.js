// The question after a closing, as a card: five scores with their words, then a few words or none.

import { element, render, typeset } from "./markup.js";

const MAX_WORDS = 2000; // characters

/** Tell whether a message is one of these cards. */
export function isRating(message) {
  return ["rating", "rating_words"].includes(message.card?.kind);
}

/** Return the card's nodes; `onTap(button, node)` takes a score or the way out, `onWords(text)` what is written. */
export function ratingCard({ text, card, buttons }, onTap, onWords) {
  return [...render(text), card.kind === "rating" ? scores(buttons, onTap) : words(buttons, onTap, onWords)];
}

function scores(buttons, onTap) {
  const nodes = buttons.map((button) => {
    const [number, meaning] = button.title.split(" · ");
    return tappable([element("b", number), " ", element("span", typeset(meaning))], button, onTap);
  });
  const group = element("div", nodes, "rating scores");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Votre note, de 1 à 5");
  return group;
}

function words(buttons, onTap, onWords) {
  const field = element("textarea");
  field.rows = 2;
  field.maxLength = MAX_WORDS;
  field.setAttribute("aria-label", "Votre avis, facultatif");
  const ways = buttons.map((button) => tappable(typeset(button.title), button, onTap));
  const form = element("form", [field, element("button", "Envoyer", "main"), ...ways], "rating");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text) onWords(text);
    else field.focus();
  });
  return form;
}

function tappable(children, button, onTap) {
  const node = element("button", children);
  node.type = "button";
  node.addEventListener("click", () => onTap(button, node));
  return node;
}
