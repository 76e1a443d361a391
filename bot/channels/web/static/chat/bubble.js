// The inside of one message: bubble, recap card, files, time and quick replies.

import { fileList } from "./files.js";
import { element, render, typeset } from "./markup.js";
import { isRating, ratingCard } from "./rating.js";
import { clock } from "./times.js";

/** Return the nodes of a message; `onTap(button, node)` and `onWords(text)` are called when the member answers it. */
export function fill(message, onTap, onWords) {
  const edited = message.edited ? " · modifié" : "";
  const nodes = [bubble(message, onTap, onWords), element("p", clock(message.at) + edited, "meta")];
  const inCard = new Set((message.card?.lines ?? []).map((line) => line.button));
  const below = message.buttons.filter((_, index) => !inCard.has(index));
  if (below.length && !isRating(message)) nodes.push(replies(below, onTap));
  return nodes;
}

function bubble(message, onTap, onWords) {
  const isOwn = message.author === "member";
  const box = element("div", isOwn ? ownWords(message) : ourWords(message, onTap, onWords), "bubble");
  if (message.attachments.length) box.append(fileList(message.attachments));
  box.classList.toggle("bare", isOwn && !box.firstChild.data);
  return box;
}

/** A file's name alone says nothing that the file below does not. */
function ownWords({ text, attachments }) {
  if (attachments.some((file) => file.name === text)) return "";
  return text || "…";
}

function ourWords(message, onTap, onWords) {
  if (isRating(message)) return ratingCard(message, onTap, onWords);
  return message.card ? withCard(message, onTap) : render(message.text);
}

/** The card stands where the text lists the same lines; a line that has a button is tapped to be corrected. */
function withCard({ text, card, buttons }, onTap) {
  const lines = text.split("\n");
  const isListed = (line) => line.startsWith("- ");
  const at = lines.findIndex(isListed);
  const before = at < 0 ? lines : lines.slice(0, at);
  const after = at < 0 ? [] : lines.slice(at).filter((line) => !isListed(line));
  const rows = (card.lines ?? []).map(({ label, value, button }) => {
    const shown = element("dd", typeset(String(value)));
    if (buttons[button]) shown.append(tappable(buttons[button], onTap));
    return element("div", [element("dt", typeset(label)), shown]);
  });
  return [...render(before.join("\n")), element("dl", rows, "card"), ...render(after.join("\n"))];
}

/** A pencil over the whole line; its name says what it corrects. */
function tappable(button, onTap) {
  const node = element("button", "✎", "line");
  node.type = "button";
  node.setAttribute("aria-label", button.title);
  node.addEventListener("click", () => onTap(button, node));
  return node;
}

function replies(buttons, onTap) {
  const group = element("div", [], "replies");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Réponses proposées");
  for (const button of buttons) {
    const node = element("button", typeset(button.title));
    node.type = "button";
    node.addEventListener("click", () => onTap(button, node));
    group.append(node);
  }
  return group;
}
