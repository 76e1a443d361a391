// Photos and documents inside a bubble: thumbnails, chips, and how far one on its way is.

import { element } from "./markup.js";

const UNITS = ["octets", "Ko", "Mo"];

/** Return the list of what a message brought. */
export function fileList(attachments) {
  return element("ul", attachments.map((file) => element("li", shown(file))), "files");
}

/** Return the chip of a file that is on its way, with its progress. */
export function pendingFile(file) {
  const progress = element("progress");
  progress.setAttribute("aria-label", `Envoi de ${file.name}`);
  progress.max = 1;
  return element("div", [chip("span", file), progress], "sending");
}

function shown(file) {
  const address = `/api/chat/evidence/${encodeURIComponent(file.id)}`;
  if (!file.media_type.startsWith("image/")) {
    const link = chip("a", file);
    link.href = address;
    link.download = file.name;
    return link;
  }
  const picture = element("img");
  picture.alt = `Photo jointe : ${file.name}`;
  picture.src = address;
  picture.addEventListener("error", () => link.replaceWith(chip("span", file)), { once: true });
  const link = element("a", picture, "thumbnail");
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener";
  return link;
}

function chip(tag, { name, size }) {
  const icon = element("span", [], "sheet");
  icon.ariaHidden = "true";
  return element(tag, [icon, element("span", name, "file-name"), element("span", sizeOf(size), "file-size")], "chip");
}

/** "1,4 Mo" */
function sizeOf(bytes) {
  const power = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)), 2);
  const value = (bytes / 1024 ** power).toLocaleString("fr-BE", { maximumFractionDigits: power === 2 ? 1 : 0 });
  return `${value}\u00a0${UNITS[power]}`;
}
