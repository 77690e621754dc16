// Table 2: which problems change between the two chosen arms.
const KINDS = { both: "right in both", lost: "right → wrong", gained: "wrong → right", neither: "wrong in both" };

// A problem counts as right in an arm when more than half of its samples are.
function flipOf(p) {
  const [x, y] = [shareOf(p, pair.a), shareOf(p, pair.b)];
  if (Number.isNaN(x) || Number.isNaN(y)) return null;
  return x > .5 ? (y > .5 ? "both" : "lost") : y > .5 ? "gained" : "neither";
}

function comparisonNote(a, b) {
  const planned = [[arms[a], arms[b], 1], [arms[b], arms[a], -1]].find(([from, to]) => to.comparison?.against === from.name);
  if (!planned) return "This is no planned comparison, so no test is shown: picking a pair after seeing the results would spoil its p-value.";
  const [, arm, sign] = planned, c = arm.comparison;
  const bounds = sign > 0 ? [c.low, c.high] : [known(c.high) ? -c.high : null, known(c.low) ? -c.low : null];
  return `Planned comparison: ${signed(sign * c.difference)} points ${range(...bounds, signed)}, ${c.test}, p ${c.p < .001 ? "" : "= "}${pValue(c.p)}, with Holm's correction ${pValue(c.holm)}.`;
}

function flips() {
  const lists = { both: [], lost: [], gained: [], neither: [] };
  for (let p = 0; p < P; p++) lists[flipOf(p)]?.push(p);
  const [a, b] = [arms[pair.a].name, arms[pair.b].name];
  const chosen = byId("f-flip").value;
  const cell = kind => el("td", { class: kind }, el("button", {
    type: "button", "data-kind": kind, "aria-pressed": String(chosen === kind), "aria-label": `${KINDS[kind]}: ${lists[kind].length}; filter the problems`,
    onclick: () => { byId("f-flip").value = chosen === kind ? "" : kind; changed(); byId("flips").querySelector(`[data-kind=${kind}]`).focus(); },
  }, count(lists[kind].length)));
  const sum = (...kinds) => el("td", {}, count(kinds.reduce((n, k) => n + lists[k].length, 0)));
  byId("flips").replaceChildren(
    el("thead", {}, el("tr", {}, el("td"), el("th", { scope: "col" }, `${b} right`), el("th", { scope: "col" }, `${b} wrong`), el("td", { class: "soft" }, "all"))),
    el("tbody", {},
      el("tr", {}, el("th", { scope: "row" }, `${a} right`), cell("both"), cell("lost"), sum("both", "lost")),
      el("tr", {}, el("th", { scope: "row" }, `${a} wrong`), cell("gained"), cell("neither"), sum("gained", "neither"))),
    el("tfoot", {}, el("tr", {}, el("th", {}, "all"), sum("both", "gained"), sum("lost", "neither"), sum("both", "lost", "gained", "neither"))));
  byId("flips-caption").textContent = `Problems right and wrong under ${a} and ${b}.`
    + (data.samples > 1 ? " A problem counts as right when more than half of its samples are correct." : "") + " A number filters the problems below.";
  const list = (kind, title) => el("div", {}, el("h3", {}, `${title}: ${count(lists[kind].length)}`),
    el("ul", {}, lists[kind].slice(0, 200).map(p => el("li", {}, el("button", { type: "button", class: "link", onclick: () => openDetail(p, pair.a, pair.b) }, problems.id[p]),
      topicOf(p) ? el("span", { class: "soft" }, ` ${topicOf(p)}`) : null))),
    lists[kind].length > 200 ? el("small", {}, "The first 200 are listed; the filter shows all.") : null);
  byId("flips-lists").replaceChildren(list("gained", `wrong → right in ${b}`), list("lost", `right → wrong in ${b}`), el("p", {}, comparisonNote(pair.a, pair.b)));
}
