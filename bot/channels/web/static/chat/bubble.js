// The inside of one message: bubble, recap card, files, time and quick replies.

import { fileList } from "./files.js";
import { element, render, typeset } from "./markup.js";
import { clock } from "./times.js";

/** Return the nodes of a message; `onTap(button, node)` is called when the member takes a quick reply. */
export function fill(message, onTap) {
  const edited = message.edited ? " · modifié" : "";
  const nodes = [bubble(message), element("p", clock(message.at) + edited, "meta")];
  if (message.buttons.length) nodes.push(replies(message.buttons, onTap));
  return nodes;
}

function bubble(message) {
  const isOwn = message.author === "member";
  const box = element("div", isOwn ? ownWords(message) : message.card ? withCard(message) : render(message.text), "bubble");
  if (message.attachments.length) box.append(fileList(message.attachments));
  box.classList.toggle("bare", isOwn && !box.firstChild.data);
  return box;
}

/** A file's name alone says nothing that the file below does not. */
function ownWords({ text, attachments }) {
  if (attachments.some((file) => file.name === text)) return "";
  return text || "…";
}

/** The card stands where the text lists the same lines. */
function withCard({ text, card }) {
  const lines = text.split("\n");
  const isListed = (line) => line.startsWith("- ");
  const at = lines.findIndex(isListed);
  const before = at < 0 ? lines : lines.slice(0, at);
  const after = at < 0 ? [] : lines.slice(at).filter((line) => !isListed(line));
  const rows = (card.lines ?? []).map(({ label, value }) =>
    element("div", [element("dt", typeset(label)), element("dd", typeset(String(value)))]),
  );
  return [...render(before.join("\n")), element("dl", rows, "card"), ...render(after.join("\n"))];
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
