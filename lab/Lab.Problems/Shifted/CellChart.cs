using System.Globalization;
using System.Xml.Linq;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Lab.Problems.Shifted;

/// <summary>Accuracy of arms by cell as a picture (SVG): a dot with its 95% interval (Wilson) in a row for each arm.</summary>
internal static class CellChart
{
    private const int Left = 190, Plot = 520, Right = 60, RowHeight = 17, Head = 30, Gap = 12, Foot = 44;
    private const string Strong = "#0b5cad", Plain = "#5f6b7a", Faint = "#d5dae1", Text = "#1c232b";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws a table.</summary>
    /// <param name="table">The figures.</param>
    /// <param name="arms">The arms to draw, from top to bottom; the first one in a colour of its own.</param>
    /// <param name="title">The title, which is also the picture's description.</param>
    public static XDocument Draw(CellTable table, IReadOnlyList<string> arms, string title)
    {
        var cells = table.Figures.GroupBy(static figure => figure.Cell, StringComparer.Ordinal).ToArray();
        var rows = new List<XElement>();
        var y = Head + Gap;
        foreach (var cell in cells)
        {
            rows.Add(Words(4, y + 4, cell.Key, Text, "start", isBold: true));
            y += RowHeight;
            foreach (var (arm, place) in arms.Select(static (arm, place) => (arm, place)))
            {
                if (cell.FirstOrDefault(figure => figure.Arm == arm) is not { } figure)
                    continue;
                rows.AddRange(Row(figure, y, place == 0 ? Strong : Plain));
                y += RowHeight;
            }

            y += Gap;
        }

        var (width, height) = (Left + Plot + Right, y + Foot - Gap);
        return new XDocument(new XElement(
            Svg + "svg",
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}")),
            new XAttribute("width", width),
            new XAttribute("height", height),
            new XAttribute("role", "img"),
            new XAttribute("font-family", "system-ui, sans-serif"),
            new XAttribute("font-size", 13),
            new XElement(Svg + "title", title),
            new XElement(Svg + "rect", new XAttribute("width", width), new XAttribute("height", height), new XAttribute("fill", "#ffffff")),
            Words(4, 20, title, Text, "start", isBold: true),
            Enumerable.Range(0, 6).SelectMany(step => Grid(step * 20, y - Gap)),
            rows,
            Words(Left + (Plot / 2), y + 26, "accuracy (%), with 95% intervals", Text, "middle")));
    }

    private static IEnumerable<XElement> Grid(int percent, int bottom) =>
    [
        Line(X(percent / 100.0), Head, X(percent / 100.0), bottom, Faint, 1),
        Words(X(percent / 100.0), bottom + 16, percent.ToString(CultureInfo.InvariantCulture), Text, "middle"),
    ];

    private static IEnumerable<XElement> Row(CellFigure figure, int y, string colour)
    {
        var interval = Wilson.Of(figure.Accuracy * figure.Units, figure.Units);
        return
        [
            Words(Left - 10, y + 4, figure.Arm, colour, "end", isBold: colour == Strong),
            Line(X(interval.Low), y, X(interval.High), y, colour, 2),
            new XElement(
                Svg + "circle", new XAttribute("cx", Number(X(figure.Accuracy))), new XAttribute("cy", y), new XAttribute("r", 4),
                new XAttribute("fill", colour)),
            Words(Left + Plot + Right - 6, y + 4, (100 * figure.Accuracy).ToString("0.0", CultureInfo.InvariantCulture), colour, "end"),
        ];
    }

    private static double X(double share) => Left + (Plot * share);

    private static XElement Line(double x1, double y1, double x2, double y2, string colour, int width) => new(
        Svg + "line", new XAttribute("x1", Number(x1)), new XAttribute("y1", Number(y1)), new XAttribute("x2", Number(x2)),
        new XAttribute("y2", Number(y2)), new XAttribute("stroke", colour), new XAttribute("stroke-width", width));

    private static XElement Words(double x, double y, string words, string colour, string anchor, bool isBold = false) => new(
        Svg + "text", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("fill", colour),
        new XAttribute("text-anchor", anchor), isBold ? new XAttribute("font-weight", "bold") : null, words);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
