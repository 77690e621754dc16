using System.Globalization;
using System.Text;
using CognitiveTools.Files;
using CognitiveTools.Lab.Training.Probes;
using YamlDotNet.RepresentationModel;

namespace CognitiveTools.Lab.Training.Cards;

/// <summary>Reads and writes model cards (<c>models/NAME.card.yaml</c>; format: docs/models.md).</summary>
internal static class ModelCardFile
{
    /// <summary>How card files end.</summary>
    public const string Ending = ".card.yaml";

    private const string What = "model card";

    /// <summary>The cards of a folder, by name.</summary>
    /// <exception cref="InvalidDataException">A file is not a card; the message names file, line and key.</exception>
    public static IReadOnlyList<ModelCard> Folder(string directory) =>
        [.. Directory.GetFiles(directory, "*" + Ending).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Reads one card.</summary>
    /// <exception cref="InvalidDataException">The file is not a card; the message names file, line and key.</exception>
    public static ModelCard Read(string path) => Card(YamlMap.ReadFile(path, What, Path.GetFileName(path)));

    /// <summary>Reads a card from text.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="InvalidDataException">The text is not a card.</exception>
    public static ModelCard Parse(string text, string file) => Card(YamlMap.Read(text, file, What));

    private static ModelCard Card(YamlMap map)
    {
        map.Allow("name", "file", "description", "profile", "tools", "sha256", "parameters", "facts", "figures", "frontier", "failures");
        var facts = map.Map("facts");
        return new ModelCard(map.Required("name"), map.Required("file"), map.Required("description"))
        {
            Profile = map.Required("profile"),
            Tools = map.Text("tools"),
            Sha256 = map.Required("sha256"),
            Parameters = map.Whole("parameters", 1) ?? throw map.Wrong("parameters", "is missing; a model card needs it."),
            Facts = facts is null ? [] : [.. facts.Keys.Select(key => KeyValuePair.Create(key, facts.Required(key)))],
            Figures = [.. (map.Items("figures") ?? []).Select(node => Figure(node, map))],
            Frontier = map.Map("frontier") is { } frontier ? Probe(frontier) : null,
            Failures = map.Texts("failures") ?? [],
        };
    }

    /// <summary>The card as a file; <see cref="Parse"/> gives it back.</summary>
    public static string Write(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"name: {Quote(card.Name)}\nfile: {Quote(card.File)}\ndescription: {Quote(card.Description)}\n");
        text.Append(CultureInfo.InvariantCulture, $"profile: {Quote(card.Profile)}\n");
        if (card.Tools is not null)
            text.Append(CultureInfo.InvariantCulture, $"tools: {Quote(card.Tools)}\n");
        text.Append(CultureInfo.InvariantCulture, $"sha256: {Quote(card.Sha256)}\nparameters: {card.Parameters}\n");
        if (card.Facts.Count > 0)
            text.Append("facts:\n");
        foreach (var (key, value) in card.Facts)
            text.Append(CultureInfo.InvariantCulture, $"  {key}: {Quote(value)}\n");
        if (card.Figures.Count > 0)
            text.Append("# accuracy and interval (95%, Wilson) repeat what correct and problems say, for readers.\nfigures:\n");
        foreach (var figure in card.Figures)
            Append(text, figure);
        if (card.Frontier is { } probe)
            Append(text, probe);
        if (card.Failures.Count > 0)
            text.Append("failures:\n");
        foreach (var failure in card.Failures)
            text.Append(CultureInfo.InvariantCulture, $"  - {Quote(failure)}\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, CardFigure figure)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"  - arm: {Quote(figure.Arm)}\n    split: {figure.Data.Split}\n    seed: {figure.Data.Seed}\n    count: {figure.Data.Count}\n"
                + $"");
        if (figure.Data.Families.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"    families: [{string.Join(", ", figure.Data.Families)}]\n");
        if (figure.Data.Wordings is { } wordings)
            text.Append(CultureInfo.InvariantCulture, $"    wordings: {wordings}\n");
        if (figure.Data.MostPrimitives is { } primitives)
            text.Append(CultureInfo.InvariantCulture, $"    mostPrimitives: {primitives}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"    problems: {figure.Problems}\n    correct: {figure.Correct}\n    accuracy: {figure.Accuracy:0.000}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"    interval: [{figure.Interval.Low:0.000}, {figure.Interval.High:0.000}]\n    positions: {figure.Positions:0.0}\n");
        Append(text, "topics", figure.ByTopic);
        Append(text, "steps", figure.BySteps);
    }

    private static void Append(StringBuilder text, CardProbe probe)
    {
        text.Append("# mean inner products of thoughts with node embeddings; auc: frontier against all other nodes.\n");
        text.Append(CultureInfo.InvariantCulture, $"frontier:\n  seed: {probe.Seed}\n  count: {probe.Graphs}\n  thoughts:\n");
        foreach (var row in probe.Rows)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"    - {{graphs: {row.Graphs}, unreachable: {row.Unreachable:0.000}, reachable: {row.Reachable:0.000}, frontier: "
                    + $"{row.Frontier:0.000}");
            if (!double.IsNaN(row.Optimal))
                text.Append(CultureInfo.InvariantCulture, $", optimal: {row.Optimal:0.000}");
            text.Append(CultureInfo.InvariantCulture, $", auc: {row.Auc:0.0000}}}\n");
        }
    }

    private static CardProbe Probe(YamlMap map)
    {
        map.Allow("seed", "count", "thoughts");
        var rows = (map.Items("thoughts") ?? throw map.Wrong("thoughts", "is missing; list one mapping per thought.")).Select((node, i) =>
        {
            if (node is not YamlMappingNode mapping)
                throw map.WrongAt(node, "thoughts", "must be a list of mappings.");
            var row = new YamlMap(mapping, map.File, "thought");
            row.Allow("graphs", "unreachable", "reachable", "frontier", "optimal", "auc");
            double Value(string key) => row.Number(key, double.MinValue) ?? throw row.Wrong(key, "is missing; a thought needs it.");
            return new FrontierRow(
                i + 1, Number(row, "graphs", 0), Value("unreachable"), Value("reachable"), Value("frontier"),
                    row.Number("optimal", double.MinValue) ?? double.NaN, Value("auc"));
        }).ToArray();
        return new CardProbe((ulong)Number(map, "seed", 0), Number(map, "count", 1), rows.Length, rows);
    }

    private static void Append(StringBuilder text, string key, IReadOnlyDictionary<string, CardCount> counts)
    {
        if (counts.Count > 0)
            text.Append(CultureInfo.InvariantCulture,
                $"    {key}: {{{string.Join(", ", counts.Select(count => $"{Quote(count.Key)}: {count.Value}"))}}}\n");
    }

    private static CardFigure Figure(YamlNode node, YamlMap map)
    {
        if (node is not YamlMappingNode mapping)
            throw map.WrongAt(node, "figures", "must be a list of mappings.");
        var figure = new YamlMap(mapping, map.File, "figure");
        figure.Allow(
            "arm", "split", "seed", "count", "families", "wordings", "mostPrimitives", "problems", "correct", "accuracy", "interval",
            "positions", "topics", "steps");
        var problems = Number(figure, "problems", 1);
        var correct = Number(figure, "correct", 0);
        if (correct > problems)
            throw figure.Wrong("correct", $"{correct} of {problems} problems cannot be right.");
        var split = figure.Required("split");
        if (!CardData.Splits.Contains(split))
            throw figure.Wrong("split", $"'{split}' is not a split; there are {string.Join(", ", CardData.Splits)}.");
        var stated = new CardFigure(
            figure.Required("arm"),
            new CardData(split, (ulong)Number(figure, "seed", 0), Number(figure, "count", 1))
            {
                Families = figure.Texts("families") ?? [],
                MostPrimitives = figure.Whole("mostPrimitives", 1),
                Wordings = figure.Whole("wordings", 0),
            },
            correct,
            problems)
        {
            Positions = figure.Number("positions", 0) ?? 0,
            ByTopic = Counts(figure, "topics"),
            BySteps = Counts(figure, "steps"),
        };

        // Written for readers, but wrong figures must not stand there.
        if (figure.Number("accuracy", 0) is { } accuracy && Math.Abs(accuracy - stated.Accuracy) > 0.00051)
            throw figure.Wrong("accuracy", $"{accuracy} is not {correct} of {problems}.");
        return stated;
    }

    private static int Number(YamlMap map, string key, int least) =>
        map.Whole(key, least) ?? throw map.Wrong(key, "is missing; a figure needs it.");

    private static SortedDictionary<string, CardCount> Counts(YamlMap figure, string key)
    {
        var counts = new SortedDictionary<string, CardCount>(StringComparer.Ordinal);
        if (figure.Map(key) is { } map)
        {
            foreach (var name in map.Keys)
                counts[name] = CardCount.TryParse(map.Required(name))
                    ?? throw map.Wrong(name, "must be written RIGHT/ALL, for instance 37/50.");
        }

        return counts;
    }

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
