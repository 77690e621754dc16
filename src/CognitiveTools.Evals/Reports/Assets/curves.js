// Figure 1b: what N solves of a problem with several right answers find, against N.
function curves() {
  const figure = byId("curves"), shown = data.curves;
  byId("curves-figure").hidden = shown.length === 0;
  if (!shown.length) return;
  byId("curves-text").textContent = "Of N solves of a problem with several right answers (N logarithmic): the mean share of these that they find, how often the answer of highest confidence is right, "
    + "and how often the most frequent one is; expectations over all choices of N.";
  const most = Math.max(...shown.flatMap(c => c.points.map(p => p.n)), 2);
  const panels = [["solutions found", p => p.coverage], ["selected by value", p => p.valued], ["selected by vote", p => p.voted]]
    .filter(([, of]) => shown.some(c => c.points.some(p => known(of(p)))));
  // Side by side where there is room, below one another where there is not.
  const across = byId("curves-figure").clientWidth > 700 ? panels.length : 1, room = 390;
  const total = frame(figure, room * Math.ceil(panels.length / across));
  const wide = total / across - 70;
  panels.forEach(([name, of], at) => {
    const under = room * Math.floor(at / across), [top, bottom] = [under + 34, under + 330];
    const left = 56 + (total / across) * (at % across), x = n => left + wide * Math.log(n) / Math.log(most), y = v => bottom - (bottom - top) * v;
    figure.append(svg("text", { x: left, y: under + 16 }, name),
      svg("text", { class: "soft", x: left + wide / 2, y: bottom + 44, "text-anchor": "middle" }, "solves (N)"), svg("line", { class: "axis", x1: left, x2: left + wide, y1: bottom, y2: bottom }));
    for (let v = 0; v <= 1.001; v += .2)
      figure.append(svg("line", { class: "rule", x1: left, x2: left + wide, y1: y(v), y2: y(v) }),
        svg("text", { class: "soft", x: left - 8, y: y(v) + 4, "text-anchor": "end" }, `${Math.round(100 * v)}%`));
    for (const n of new Set(shown.flatMap(c => c.points.map(p => p.n))))
      figure.append(svg("text", { class: "soft", x: x(n), y: bottom + 20, "text-anchor": "middle" }, count(n)));
    const taken = [];
    for (const curve of shown) {
      const points = curve.points.filter(p => known(of(p))), arm = arms[curve.arm];
      if (!points.length) continue;
      const last = points[points.length - 1], path = points.map((p, i) => `${i ? "L" : "M"}${x(p.n).toFixed(1)} ${y(of(p)).toFixed(1)}`).join("");
      const spot = place(arm.name, x(last.n), y(of(last)), taken, [left, top - 16, left + wide + 10, bottom - 2]);
      figure.append(svg("g", { class: arm.controlOf === null ? null : "control" },
        svg("title", {}, `${arm.name}: ${points.map(p => `N = ${p.n} ${percent(of(p))}%`).join(", ")}`),
        svg("path", { class: "whisker", fill: "none", d: path }),
        points.map(p => svg("circle", { class: "mark", cx: x(p.n), cy: y(of(p)), r: 4 })),
        svg("text", { x: spot.x, y: spot.y, "text-anchor": spot.anchor }, arm.name)));
    }
  });
}
