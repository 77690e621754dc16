// Figure 2: problems by arms. Only the rows in sight exist; arrow keys move one focusable cell through all of them.
const ROW = 30;
const active = { row: 0, column: 0 };

// Columns are as wide as the longest part of a name, so that names break between parts and never within one.
const CELL = Math.min(150, Math.max(72, 16 + 7.4 * Math.max(...arms.flatMap(a => a.name.split(/(?<=[/_= ])/).map(part => part.trim().length)))));
const NAME = innerWidth > 700 ? 250 : 140;

function gridHead() {
  byId("grid").style.setProperty("--columns", `${NAME}px 66px repeat(${A}, minmax(${CELL}px, 1fr))`);
  byId("grid").style.setProperty("--least", `${NAME + 66 + CELL * A}px`);
  byId("grid").setAttribute("aria-colcount", A + 2);
  byId("grid-head").append(...["problem", "answer", ...arms.map(a => a.name)].map((h, i) => el("div", { role: "columnheader", "aria-colindex": i + 1 }, breakable(h))));
  const key = (kind, share, text, label) => el("span", { class: "key" }, el("span", { class: `cell ${kind}`, "--share": share }, text), label);
  byId("grid-text").append(
    ...(data.samples > 1
      ? [key("", 1, "n/n", "all samples correct"), key("", 0, "0/n", "none; a sign tells of most being"), ...STATUSES.slice(2).map(s => key(s.key, null, s.glyph, s.label))]
      : STATUSES.map(s => key(s.key, null, s.glyph, s.label))),
    "A cell opens the transcripts of its problem. The strip above shows the same shares, a column per problem.");
}

function cellView(p, a) {
  const own = unitsOf(p, a);
  if (!own.length) return { class: "cell missing", text: "–", label: "not run" };
  if (own.length === 1 && data.samples === 1) {
    const status = STATUSES[units.status[own[0]]];
    return { class: `cell ${status.key}`, text: status.glyph, label: `${status.label}${answerOf(own[0]) === null ? "" : `, answer ${answerOf(own[0])}`}` };
  }
  const counts = STATUSES.map(() => 0);
  for (const u of own) counts[units.status[u]]++;
  const odd = counts.findIndex((n, s) => s > 1 && n * 2 > own.length);
  return {
    class: "cell", share: counts[CORRECT] / own.length, text: `${counts[CORRECT]}/${own.length}${odd < 0 ? "" : ` ${STATUSES[odd].glyph}`}`,
    label: STATUSES.map((s, i) => counts[i] ? `${counts[i]} ${s.label}` : "").filter(Boolean).join(", "),
  };
}

function gridRow(row) {
  const p = view.problems[row], topic = topicOf(p);
  const cell = (column, props, ...children) => el("div", {
    role: "gridcell", "aria-colindex": column + 1, "data-column": column,
    tabindex: active.row === row && active.column === column ? 0 : -1, ...props,
  }, ...children);
  const node = el("div", { role: "row", "aria-rowindex": row + 2, "data-row": row },
    cell(0, { title: topic ? `${problems.id[p]}, ${topic}` : problems.id[p] }, problems.id[p], topic ? el("small", {}, topic) : null),
    cell(1, { class: "gold" }, problems.gold[p]),
    arms.map((arm, a) => {
      const shown = cellView(p, a);
      return cell(a + 2, { class: shown.class, "--share": shown.share, title: `${arm.name}: ${shown.label}`, "aria-label": `${arm.name}: ${shown.label}` }, shown.text);
    }));
  node.style.top = `${row * ROW}px`;
  return node;
}

function drawRows() {
  const box = byId("grid"), n = view.problems.length;
  const first = Math.max(0, Math.floor(box.scrollTop / ROW) - 8), last = Math.min(n, first + Math.ceil((box.clientHeight || 600) / ROW) + 16);
  const rows = new Set(Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i));
  if (active.row < n) rows.add(active.row); // the focused cell must not vanish while the page scrolls
  const hadFocus = byId("grid-body").contains(document.activeElement);
  byId("grid-body").replaceChildren(...[...rows].sort((x, y) => x - y).map(gridRow));
  if (hadFocus) activeCell()?.focus({ preventScroll: true });
}

const activeCell = () => byId("grid-body").querySelector("[tabindex='0']");

function grid() {
  active.row = Math.min(active.row, Math.max(0, view.problems.length - 1));
  byId("grid").setAttribute("aria-rowcount", view.problems.length + 1);
  byId("grid-body").style.height = `${view.problems.length * ROW}px`;
  byId("grid-count").textContent = view.problems.length === P ? `All ${plural(P, "problem")}.` : `${count(view.problems.length)} of ${plural(P, "problem")}.`;
  drawRows();
}

function moveTo(row, column) {
  if (!view.problems.length) return;
  active.row = Math.min(Math.max(row, 0), view.problems.length - 1);
  active.column = Math.min(Math.max(column, 0), A + 1);
  const box = byId("grid"), top = active.row * ROW, head = byId("grid-head").offsetHeight, room = box.clientHeight - head - ROW;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top > box.scrollTop + room) box.scrollTop = top - room;
  drawRows();
  activeCell()?.focus({ preventScroll: true });
  activeCell()?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function gridKey(event) {
  const page = Math.max(1, Math.floor(byId("grid").clientHeight / ROW) - 2), { row, column } = active;
  const moves = {
    ArrowDown: [row + 1, column], ArrowUp: [row - 1, column], ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1],
    PageDown: [row + page, column], PageUp: [row - page, column], Home: [event.ctrlKey ? 0 : row, 0], End: [event.ctrlKey ? view.problems.length - 1 : row, A + 1],
  };
  if (moves[event.key]) moveTo(...moves[event.key]);
  else if (event.key === "Enter" || event.key === " ") openCell();
  else return;
  event.preventDefault();
}

function gridClick(event) {
  const cell = event.target.closest("[role=gridcell]");
  if (!cell) return;
  active.row = Number(cell.parentElement.dataset.row);
  active.column = Number(cell.dataset.column);
  drawRows();
  openCell();
}

// A cell shows its arm beside the one it is compared with.
function openCell() {
  const p = view.problems[active.row], arm = active.column - 2;
  if (p === undefined) return;
  if (arm < 0) return openDetail(p, pair.a, pair.b);
  const against = arms.findIndex(a => a.name === arms[arm].comparison?.against);
  openDetail(p, against >= 0 ? against : pair.a === arm ? pair.b : pair.a, arm);
}
