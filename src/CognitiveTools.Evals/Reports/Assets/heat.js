// Latent thoughts as a picture: tokens by steps, darker where the prediction that a thought was made from was surer.
const HEAT_ROWS = 12;

function heatMap(thoughts) {
  const best = new Map();
  thoughts.forEach(t => t.nearest.forEach(({ text, probability }) => best.set(text, Math.max(best.get(text) ?? 0, Number(probability) || 0))));
  const tokens = [...best].sort((a, b) => b[1] - a[1]).slice(0, HEAT_ROWS).map(([text]) => text);
  if (thoughts.length < 2 || !tokens.length) return null;

  const label = 124, cell = Math.max(6, Math.min(28, Math.floor(640 / thoughts.length))), row = 18, foot = 18;
  const shown = text => { const quoted = JSON.stringify(text).slice(1, -1); return quoted.length > 15 ? `${quoted.slice(0, 14)}…` : quoted; };
  const every = Math.ceil(24 / cell);
  const cells = thoughts.flatMap((t, x) => t.nearest.filter(n => tokens.includes(n.text)).map(({ text, probability }) =>
    svg("rect", { x: label + x * cell, y: tokens.indexOf(text) * row, width: cell - 1, height: row - 1, "fill-opacity": Math.max(.04, Number(probability) || 0) },
      svg("title", {}, `thought ${t.index}: ${JSON.stringify(text)} ${number(probability, 3)}`))));
  const names = tokens.map((text, y) => svg("text", { x: label - 6, y: y * row + 13, "text-anchor": "end" }, shown(text)));
  const steps = thoughts.filter((_, x) => x % every === 0).map((t, i) => svg("text", { x: label + (i * every + .5) * cell, y: tokens.length * row + 14, "text-anchor": "middle" }, String(t.index)));
  const width = label + thoughts.length * cell, height = tokens.length * row + foot;
  return el("figure", { class: "heat" },
    svg("svg", { viewBox: `0 0 ${width} ${height}`, "--width": `${width}px`, role: "img", "aria-label": `most probable tokens of ${thoughts.length} thoughts` }, cells, names, steps),
    el("figcaption", {}, `tokens by thought, shaded by probability${best.size > HEAT_ROWS ? `; the ${HEAT_ROWS} surest of ${best.size} tokens` : ""}`));
}
