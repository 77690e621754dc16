// The overview above the grid: one row per arm, one column per shown problem, as in a gel.
function colour(name) {
  const probe = el("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  context.fillStyle = getComputedStyle(probe).color;
  context.fillRect(0, 0, 1, 1);
  probe.remove();
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

const STRIP_LABEL = 150, STRIP_ROW = 13;
function strip() {
  const canvas = byId("strip"), list = view.problems, n = list.length;
  const width = canvas.clientWidth || 1000, ratio = devicePixelRatio || 1;
  canvas.width = width * ratio;
  canvas.height = (A * STRIP_ROW + 2) * ratio;
  canvas.style.height = `${A * STRIP_ROW + 2}px`;
  canvas.setAttribute("aria-label", `Share correct of ${plural(n, "shown problem")} under each arm; the table below holds the same figures.`);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.font = "11px system-ui, sans-serif";
  context.textBaseline = "middle";
  const [good, bad, paper, soft] = ["--good", "--bad", "--paper", "--soft"].map(colour);
  const mix = (x, y, t) => x.map((v, i) => v + (y[i] - v) * t);
  const shades = Array.from({ length: 33 }, (_, i) => `rgb(${mix(paper, mix(bad, good, i / 32), .28 + .6 * i / 32).map(Math.round)})`);
  const columns = Math.min(n, Math.floor((width - STRIP_LABEL) * ratio)), w = (width - STRIP_LABEL) / Math.max(columns, 1);
  for (let a = 0; a < A; a++) {
    context.fillStyle = `rgb(${soft})`;
    context.fillText(shorten(context, arms[a].name, STRIP_LABEL - 12), 0, a * STRIP_ROW + STRIP_ROW / 2 + 1);
    for (let c = 0; c < columns; c++) {
      // More problems than pixels: a column is the mean of its problems.
      let sum = 0, m = 0;
      for (let i = Math.floor(c * n / columns); i < Math.floor((c + 1) * n / columns); i++) {
        const share = shareOf(list[i], a);
        if (!Number.isNaN(share)) { sum += share; m++; }
      }
      if (!m) continue;
      context.fillStyle = shades[Math.round(32 * sum / m)];
      context.fillRect(STRIP_LABEL + c * w, a * STRIP_ROW + 1, w > 3 ? w - 1 : w + .4, STRIP_ROW - 2);
    }
  }
}

function shorten(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  let kept = text;
  while (kept && context.measureText(`${kept}…`).width > width) kept = kept.slice(0, -1);
  return `${kept}…`;
}

function stripClick(event) {
  const box = byId("strip").getBoundingClientRect(), x = (event.clientX - box.left - STRIP_LABEL) / (box.width - STRIP_LABEL);
  if (x >= 0 && view.problems.length) moveTo(Math.floor(x * view.problems.length), 2 + Math.min(A - 1, Math.max(0, Math.floor((event.clientY - box.top) / STRIP_ROW))));
}
