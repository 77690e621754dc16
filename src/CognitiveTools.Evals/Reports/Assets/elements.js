// What every page builds its parts with. All texts enter the page as text, never as markup.
const byId = id => document.getElementById(id);
const STATUSES = [
  { key: "correct", label: "correct", glyph: "✓" },
  { key: "incorrect", label: "incorrect", glyph: "×" },
  { key: "no_answer", label: "no answer", glyph: "∅" },
  { key: "truncated", label: "truncated", glyph: "…" },
  { key: "error", label: "error", glyph: "!" },
];

function fill(node, props, children) {
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key.startsWith("--")) node.style.setProperty(key, value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter(c => c !== null && c !== undefined));
  return node;
}
const el = (tag, props = {}, ...children) => fill(document.createElement(tag), props, children);
const svg = (tag, props = {}, ...children) => fill(document.createElementNS("http://www.w3.org/2000/svg", tag), props, children);
const options = (select, pairs) => select.replaceChildren(...pairs.map(([value, label]) => el("option", { value }, label)));

const known = x => x !== null && x !== undefined && !Number.isNaN(x);
const percent = x => known(x) ? (100 * x).toFixed(1) : "–";
const signed = x => known(x) ? (Math.abs(x) < .0005 ? "" : x > 0 ? "+" : "−") + (100 * Math.abs(x)).toFixed(1) : "–";
const pValue = p => !known(p) ? "–" : p < 0.001 ? "< 0.001" : p.toFixed(3);
const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const count = x => known(x) ? grouped.format(x) : "–";
const cost = x => known(x) ? count(x) : "unknown"; // no usage was reported
const seconds = x => known(x) ? (x >= 100 ? x.toFixed(0) : x >= 1 ? x.toFixed(1) : x.toFixed(3)) : "–";
// Long names may break after a slash, an underscore or an equals sign.
const breakable = text => text.split(/(?<=[/_=])/).flatMap((part, i) => i ? [el("wbr"), part] : [part]);
const plural = (n, noun) => `${count(n)} ${noun}${n === 1 ? "" : "s"}`;

const range = (low, high, show) => known(low) ? `[${show(low)}, ${show(high)}]` : "";

function accuracyBar(arm) {
  const x = v => 150 * v;
  return svg("svg", { viewBox: "0 0 150 14", class: arm.controlOf === null ? null : "control", "aria-hidden": "true" },
    svg("line", { class: "rule", x1: 0, x2: 150, y1: 7, y2: 7 }),
    svg("line", { class: "whisker", x1: x(arm.low), x2: x(arm.high), y1: 7, y2: 7 }),
    svg("circle", { class: "mark", cx: x(arm.accuracy), cy: 7, r: 5 }));
}
