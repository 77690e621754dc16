using System.Globalization;
using System.Text.RegularExpressions;
using CognitiveTools.Files;
using CognitiveTools.Text;
using YamlDotNet.RepresentationModel;

namespace CognitiveTools.Evals.Suites;

/// <summary>Reads the key <c>published</c> of a suite file: accuracies that others published, by set, arm and model.</summary>
internal static partial class PublishedReader
{
    private const string Key = "published";

    /// <summary>The figures in the file's order; <see langword="null"/> when the suite has none.</summary>
    /// <exception cref="InvalidDataException">A figure cannot be used; the message names file, line and key.</exception>
    public static IReadOnlyList<PublishedFigure>? Read(YamlMap root, IReadOnlyList<Arm> arms)
    {
        if (root.Items(Key) is not { } entries)
            return null;
        var figures = new List<PublishedFigure>();
        var seen = new HashSet<(string Set, string Arm, string Model)>();
        foreach (var entry in entries)
        {
            var map = entry is YamlMappingNode mapping
                ? new YamlMap(mapping, root.File, Key)
                : throw root.WrongAt(entry, Key, "an entry is a mapping with 'source', 'set' and 'figures'.");
            foreach (var (figure, error) in Figures(map, arms))
                figures.Add(seen.Add((figure.Set, figure.Arm, figure.Model))
                    ? figure : throw error($"has two figures for '{figure.Set}'."));
        }

        return figures;
    }

    private static IEnumerable<(PublishedFigure Figure, Func<string, InvalidDataException> Error)> Figures(
        YamlMap map, IReadOnlyList<Arm> arms)
    {
        map.Allow("source", "set", "figures");
        var (source, set) = (map.Required("source"), map.Required("set"));
        var byArm = map.Map("figures") ?? throw map.Wrong("figures", "is missing. Write for instance: figures: {direct: {GPT-4.1: 26.7}}");
        foreach (var arm in byArm.Keys)
        {
            if (arms.All(a => a.Name != arm))
                throw byArm.Wrong(arm, $"is not an arm of the suite. Arms: {string.Join(", ", arms.Select(a => a.Name))}.");
            var byModel = byArm.Map(arm)!;
            foreach (var model in byModel.Keys)
            {
                var (accuracy, error) = Percent(byModel, model);
                yield return (new(arm, set, model, accuracy, error, source), message => byModel.Wrong(model, message));
            }
        }
    }

    private static (double Accuracy, double? Error) Percent(YamlMap map, string model)
    {
        var text = map.Required(model);
        var match = Figure().Match(text);
        if (match.Success && Share(match.Groups["accuracy"]) is var accuracy and <= 1)
            return (accuracy, match.Groups["error"] is { Success: true } error ? Share(error) : null);
        throw map.Wrong(model, $"'{TerminalText.Excerpt(text)}' is not an accuracy in percent, such as 26.7 or 12.5 ± 0.7.");

        // As a decimal, so that 26.7 percent are 0.267 and not a neighbour of it.
        static double Share(Group percent) => (double)(decimal.Parse(percent.ValueSpan, CultureInfo.InvariantCulture) / 100);
    }

    [GeneratedRegex(
        @"^(?<accuracy>\d{1,3}(\.\d{1,6})?)(\s*(±|\+-|\+/-)\s*(?<error>\d{1,3}(\.\d{1,6})?))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Figure();
}
