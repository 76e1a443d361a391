// The messages' markup (docs/messages.md) as DOM nodes; text only ever becomes text nodes.

const LIST_ITEM = /^\s*(?:(-)|(\d{1,3})[.)])\s+(.*)$/;
const INLINE = /\*\*|\[([^\]\n]*)\]\(((?:tel:|mailto:|https:\/\/|http:\/\/127\.0\.0\.1[:/])[^\s)]+)\)/g;

/** Return the nodes of a text of ours: paragraphs, lists, bold, links. */
export function render(text) {
  const blocks = [];
  let open = null;
  for (const line of typeset(text).split("\n")) {
    const item = LIST_ITEM.exec(line);
    if (item) {
      open = listFor(item, blocks);
      open.append(element("li", inline(item[3])));
    } else if (!line.trim()) {
      open = null;
    } else if (open?.tagName === "P") {
      open.append(document.createElement("br"), ...inline(line));
    } else {
      open = element("p", inline(line));
      blocks.push(open);
    }
  }
  return blocks;
}

/** Return our text with French spaces that do not break and curly apostrophes. */
export function typeset(text) {
  return text
    .replace(/ ([?!:;»€%])/g, "\u00a0$1")
    .replace(/« /g, "«\u00a0")
    .replace(/(\p{L})'(?=\p{L})/gu, "$1’");
}

/** Return a new element with these children (nodes or strings). */
export function element(tag, children = [], className = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...[children].flat());
  return node;
}

/** Return the list an item goes on with, or a new one that starts at the item's number. */
function listFor(item, blocks) {
  const tag = item[1] ? "UL" : "OL";
  const last = blocks.at(-1);
  if (last?.tagName === tag) return last;
  const list = element(tag.toLowerCase());
  if (tag === "OL" && Number(item[2]) !== 1) {
    list.start = Number(item[2]);
    list.style.setProperty("--before", String(Number(item[2]) - 1));
  }
  blocks.push(list);
  return list;
}

function inline(text) {
  const marks = [...text.matchAll(INLINE)];
  let left = marks.filter((mark) => mark[0] === "**").length;
  const nodes = [];
  let bold = null;
  let at = 0;
  const put = (node) => (bold ? bold.append(node) : nodes.push(node));
  for (const mark of marks) {
    if (mark.index > at) put(text.slice(at, mark.index));
    at = mark.index + mark[0].length;
    if (mark[0] !== "**") put(link(mark[1], mark[2]));
    else if (bold) bold = null;
    else if (left > 1) nodes.push((bold = element("strong")));
    else put("**"); // never closed: plain text
    if (mark[0] === "**") left -= 1;
  }
  if (at < text.length) put(text.slice(at));
  return nodes;
}

function link(label, target) {
  const node = element("a", inline(label));
  node.href = target;
  if (target.startsWith("http")) {
    node.target = "_blank";
    node.rel = "noopener noreferrer";
  }
  return node;
}
