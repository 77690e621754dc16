// Table 3: accuracy by what the problems carry.
function groups() {
  const by = data.groups[Number(byId("groups-by").value) || 0];
  const controls = byId("groups-controls"), figure = byId("groups").closest("figure");
  if (!by) {
    controls.hidden = true;
    figure.replaceChildren(el("p", { class: "soft" }, "The problems of this run carry no topic, difficulty, year or cluster, so there is nothing to break the table down by."));
    return;
  }
  byId("groups-caption").textContent = `Accuracy in % by ${by.by}, with a 95% interval over the problems of the group. ${by.note} Small groups differ by chance: no test was made.`;
  byId("groups").replaceChildren(
    el("thead", {}, el("tr", {}, [by.by, "problems", ...arms.map(a => a.name)].map(h => el("th", { scope: "col" }, breakable(h))))),
    el("tbody", {}, by.rows.map(row => el("tr", {}, el("th", { scope: "row" }, row.name), el("td", {}, count(row.problems)),
      row.arms.map(cell => cell
        ? el("td", { "--share": cell[0] }, percent(cell[0]), el("small", {}, known(cell[1]) ? `${Math.round(100 * cell[1])}–${Math.round(100 * cell[2])}` : ""))
        : el("td", {}, "–"))))));
}
