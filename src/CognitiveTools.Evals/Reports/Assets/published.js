// What others published for the arms, beside what this run measured on the same problems.
function publishedTable() {
  const { columns, rows, notes } = data.published;
  byId("published-figure").hidden = rows.length === 0;
  byId("published-caption").textContent = notes.join(" ");
  byId("published").append(
    el("thead", {}, el("tr", {}, columns.map(head => el("th", { scope: "col" }, head)))),
    el("tbody", {}, rows.map(([arm, ...cells]) => el("tr", {}, el("th", { scope: "row" }, arm), cells.map(cell => el("td", {}, cell))))));
}
