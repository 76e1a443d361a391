// A chart as a PNG with its title, on the page's own background.
const MARGIN = 24;

export function savePicture(figure) {
  const canvas = figure.querySelector("canvas");
  const style = getComputedStyle(figure);
  const scale = canvas.width / canvas.clientWidth;
  const picture = document.createElement("canvas");
  const head = 2.2 * MARGIN * scale;
  picture.width = canvas.width + 2 * MARGIN * scale;
  picture.height = canvas.height + head + MARGIN * scale;
  const paper = picture.getContext("2d");
  paper.fillStyle = style.backgroundColor;
  paper.fillRect(0, 0, picture.width, picture.height);
  paper.fillStyle = style.color;
  paper.font = `600 ${16 * scale}px system-ui, sans-serif`;
  paper.fillText(`${figure.querySelector("h2").textContent} – ${document.querySelector(".heading p").textContent}`, MARGIN * scale, 1.5 * MARGIN * scale);
  paper.drawImage(canvas, MARGIN * scale, head);
  const link = document.createElement("a");
  link.download = `${figure.id}.png`;
  link.href = picture.toDataURL("image/png");
  link.click();
}
