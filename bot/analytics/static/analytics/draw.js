// From a chart's JSON to Chart.js; colours come from the style sheet, so light, dark and paper agree with the page.
const PALETTE = ["--c1", "--c2", "--c3", "--c4", "--c5", "--c6"];
const POINTS = ["circle", "rect", "triangle", "rectRot", "crossRot", "star"];
const DASHES = [[], [6, 3], [2, 3], [8, 3, 2, 3], [1, 2], [10, 4]];
const PER_CHARACTER = 15; // pixels of a chart for each character of the labels beside its bars
const ARROW = " → "; // in the labels of corrections: they take two lines
const number = new Intl.NumberFormat("fr-BE", { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat("fr-BE", { style: "percent", maximumFractionDigits: 1 });
const drawn = new Map();

export function draw(canvas, onPaper = false) {
  const data = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const ink = onPaper ? "#333" : colour("--soft");
  const lines = onPaper ? "#ccc" : colour("--line");
  drawn.get(canvas)?.destroy();
  const sideways = data.kind === "across";
  if (sideways) canvas.parentElement.style.height = `${Math.max(8, 2.5 + data.labels.length * (data.labels.some((label) => label.includes(ARROW)) ? 2.4 : data.series.length > 1 ? 2 : 1.7))}rem`;
  const stacked = data.kind === "stacked" || canvas.closest("#questions") !== null;
  const show = (value) => (data.unit === "share" ? percent.format(value) : number.format(value));
  const chart = new Chart(canvas, {
    type: data.kind === "line" ? "line" : "bar",
    data: { labels: data.labels, datasets: data.series.map((series, place) => dataset(series, place, data, colour)) },
    options: {
      animation: false, maintainAspectRatio: false, responsive: true, indexAxis: sideways ? "y" : "x",
      interaction: { mode: "index", intersect: false, axis: sideways ? "y" : "x" },
      onClick: (_event, hits) => follow(data, hits),
      onHover: (event, hits) => { event.native.target.style.cursor = hits.length && data.links[hits[0].index] ? "pointer" : ""; },
      plugins: {
        legend: { display: data.series.length > 1, position: "bottom", labels: { color: ink, usePointStyle: true, boxHeight: 8 } },
        tooltip: { callbacks: { label: (item) => ` ${item.dataset.label} : ${show(item.raw)}` } },
      },
      scales: scales(sideways, stacked, ink, lines, show, data, Math.floor(canvas.parentElement.clientWidth / PER_CHARACTER)),
    },
  });
  drawn.set(canvas, chart);
}

export function redrawAll(onPaper = false) {
  for (const canvas of [...drawn.keys()]) draw(canvas, onPaper);
}

function dataset(series, place, data, colour) {
  const isFaint = data.kind === "across" && place === 1 && data.series.length === 2;
  const shade = colour(isFaint ? "--c6" : PALETTE[place % PALETTE.length]);
  if (data.kind === "line") {
    const few = data.labels.length <= 45;
    return { label: series.name, data: series.values, borderColor: shade, backgroundColor: shade, borderWidth: 2, cubicInterpolationMode: "monotone", spanGaps: true, borderDash: DASHES[place % 6], pointStyle: POINTS[place % 6], pointRadius: few ? 2.5 : 0 };
  }
  return { label: series.name, data: series.values, backgroundColor: shade, borderRadius: 3, maxBarThickness: 26, categoryPercentage: 0.82, barPercentage: 0.9, pointStyle: POINTS[place % 6] };
}

function scales(sideways, stacked, ink, lines, show, data, wide) {
  const values = { beginAtZero: true, stacked, grid: { color: lines }, border: { display: false }, ticks: { color: ink, maxTicksLimit: 6, callback: (value) => (Number.isInteger(value) || data.unit === "share" ? show(value) : "") } };
  const names = { stacked, grid: { display: false }, border: { color: lines }, ticks: { color: ink, autoSkip: data.kind !== "across" && data.kind !== "bars", maxRotation: data.kind === "bars" ? 40 : 0, autoSkipPadding: 16 } };
  if (sideways) names.ticks.callback = (_value, index) => data.labels[index].split(ARROW).map((part, place) => shorten(place ? `→ ${part}` : part, wide));
  return sideways ? { x: values, y: names } : { x: names, y: values };
}

function shorten(label, wide) {
  return label.length > wide ? `${label.slice(0, wide - 1).trimEnd()}…` : label;
}

function follow(data, hits) {
  const link = hits.length ? data.links[hits[0].index] : "";
  if (link) location.assign(`cases?${link}`);
}
