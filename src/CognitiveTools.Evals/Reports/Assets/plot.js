// Figure 1: accuracy against positions, on a logarithmic axis.
function ticks(lo, hi, multiples = [1, 2, 5]) {
  const found = [];
  for (let e = Math.floor(Math.log10(lo)); e <= Math.ceil(Math.log10(hi)); e++)
    for (const m of multiples) if (m * 10 ** e >= lo && m * 10 ** e <= hi) found.push(m * 10 ** e);
  return found.length < 3 && multiples.length === 3 ? ticks(lo, hi, [1, 2, 3, 4, 5, 6, 8]) : found;
}

// The first free place among those around a point; a label that had to move away gets a thin line to its point.
function place(label, x, y, taken, bounds) {
  const width = 7.2 * label.length, at = (dx, dy, anchor) => {
    const left = anchor === "start" ? x + dx : anchor === "end" ? x + dx - width : x + dx - width / 2;
    return { x: x + dx, y: y + dy, anchor, box: [left - 2, y + dy - 11, left + width + 2, y + dy + 4], far: Math.abs(dy) > 24 };
  };
  const spots = [at(10, -8, "start"), at(-10, -8, "end"), at(10, 16, "start"), at(-10, 16, "end")];
  for (let d = 28; d < 200; d += 15) spots.push(at(14, -d, "start"), at(14, d, "start"), at(-14, -d, "end"), at(-14, d, "end"));
  const free = ({ box: b }) => b[0] >= bounds[0] && b[2] <= bounds[2] && b[1] >= bounds[1] && b[3] <= bounds[3]
    && !taken.some(t => b[0] < t[2] && b[2] > t[0] && b[1] < t[3] && b[3] > t[1]);
  const spot = spots.find(free) ?? spots[0];
  taken.push(spot.box);
  return spot;
}

// Empties a figure and gives it the width that it has on the page; its units are then CSS pixels.
function frame(figure, height) {
  const wide = Math.max(320, Math.round(figure.parentElement.clientWidth || 1080));
  figure.replaceChildren();
  figure.setAttribute("viewBox", `0 0 ${wide} ${height}`);
  return wide;
}

function plot() {
  // Drawn at the size at which it is shown, so that text keeps its size on a narrow screen.
  const figure = byId("plot"), wide = frame(figure, 440), [left, right_, top, bottom] = [62, wide - 16, 14, 386];
  const shown = arms.map((arm, i) => ({ arm, i })).filter(({ arm }) => known(arm.accuracy) && arm.positions > 0);
  const skipped = arms.filter(a => !(known(a.accuracy) && a.positions > 0)).map(a => a.name);
  byId("plot-text").textContent = "Accuracy with its 95% interval against the median positions of a sample (prompt, generated, latent and tool positions together; logarithmic). "
    + "Open marks are controls, dotted lines tie them to their arm; the dashed line is the baseline."
    + (skipped.length ? ` Not drawn, as accuracy or positions are unknown: ${skipped.join(", ")}.` : "");
  if (!shown.length) { figure.style.display = "none"; return; }
  const all = shown.map(s => s.arm.positions);
  let [lo, hi] = [Math.min(...all) / 1.25, Math.max(...all) * 1.25];
  if (hi / lo < 4) [lo, hi] = [Math.sqrt(lo * hi) / 2, Math.sqrt(lo * hi) * 2];
  const most = Math.max(...shown.map(s => s.arm.high)), roof = most > .8 ? 1 : Math.ceil(most * 10 + .5) / 10;
  const step = roof > .5 ? .2 : roof > .2 ? .1 : .05;
  const x = v => left + (right_ - left) * Math.log(v / lo) / Math.log(hi / lo), y = v => bottom - (bottom - top) * v / roof;
  for (let v = 0; v <= roof + 1e-9; v += step)
    figure.append(svg("line", { class: "rule", x1: left, x2: right_, y1: y(v), y2: y(v) }),
      svg("text", { class: "soft", x: left - 10, y: y(v) + 4, "text-anchor": "end" }, `${Math.round(100 * v)}%`));
  figure.append(svg("line", { class: "axis", x1: left, x2: right_, y1: bottom, y2: bottom }));
  for (const v of ticks(lo, hi).filter((_, i, all) => wide > 600 || all.length < 6 || i % 2 === 0))
    figure.append(svg("line", { class: "axis", x1: x(v), x2: x(v), y1: bottom, y2: bottom + 5 }),
      svg("text", { class: "soft", x: x(v), y: bottom + 21, "text-anchor": "middle" }, count(v)));
  figure.append(svg("text", { class: "soft", x: (left + right_) / 2, y: bottom + 46, "text-anchor": "middle" }, "median positions per sample"),
    svg("text", { class: "soft", x: 14, y: (top + bottom) / 2, "text-anchor": "middle", transform: `rotate(-90 14 ${(top + bottom) / 2})` }, "accuracy"));
  const reference = arms[data.baseline];
  if (known(reference?.accuracy))
    figure.append(svg("line", { class: "reference", x1: left, x2: right_, y1: y(reference.accuracy), y2: y(reference.accuracy) }));

  // Arms of nearly equal cost stand side by side, not on one another.
  const points = shown.map(({ arm, i }) => ({ arm, i, px: x(arm.positions), py: y(arm.accuracy) })).sort((p, q) => p.px - q.px);
  for (let from = 0, to = 1; from < points.length; from = to++) {
    while (to < points.length && points[to].px - points[to - 1].px < 7) to++;
    const middle = points.slice(from, to).reduce((sum, p) => sum + p.px, 0) / (to - from);
    for (let k = from; k < to; k++) if (to - from > 1) points[k].px = Math.min(right_, Math.max(left, middle + 9 * (k - from - (to - from - 1) / 2)));
  }
  for (const { arm, px, py } of points) {
    const parent = points.find(q => q.i === arm.controlOf);
    if (parent) figure.append(svg("line", { class: "tie", x1: px, y1: py, x2: parent.px, y2: parent.py }));
  }
  const line = known(reference?.accuracy) ? [[left, y(reference.accuracy) - 2, right_, y(reference.accuracy) + 2]] : [];
  const taken = line.concat(points.flatMap(({ arm, px, py }) => [[px - 6, py - 6, px + 6, py + 6], [px - 1, y(arm.high), px + 1, y(arm.low)]]));
  for (const { arm, px, py } of points.toSorted((a, b) => (a.arm.controlOf === null) - (b.arm.controlOf === null))) { // arms above their controls
    const spot = place(arm.name, px, py, taken, [left, top, right_ + 12, bottom - 2]);
    figure.append(svg("g", { class: arm.controlOf === null ? null : "control" },
      svg("title", {}, `${arm.name}: ${percent(arm.accuracy)}% ${range(arm.low, arm.high, percent)}, ${count(arm.positions)} positions`),
      spot.far ? svg("line", { class: "leader", x1: px, y1: py, x2: spot.x, y2: spot.y - 4 }) : null,
      svg("line", { class: "whisker", x1: px, x2: px, y1: y(arm.low), y2: y(arm.high) }),
      svg("circle", { class: "mark", cx: px, cy: py, r: 5 }),
      svg("text", { x: spot.x, y: spot.y, "text-anchor": spot.anchor }, arm.name)));
  }
}
