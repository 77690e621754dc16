using System.Text.Json.Nodes;
using CognitiveTools.Files;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>The share of held-out conversations that a network continues rightly, greedily.</summary>
/// <param name="words">The vocabulary.</param>
/// <param name="heldOut">Conversations that are not learned from.</param>
/// <param name="problems">Conversations of a format at most.</param>
/// <param name="limit">Most tokens of a text.</param>
internal sealed class AnswerAccuracy(MiniVocabulary words, TokenFile heldOut, int problems, int limit)
{
    // Where the whole text is the answer; elsewhere its last number or word is.
    private static readonly string[] Exact = ["understand", "recall", "examine", "backtrack"];

    /// <summary>Refuses formats that do not exist or of which nothing is held out.</summary>
    public void Check(IEnumerable<string> formats, YamlMap map)
    {
        foreach (var format in formats)
        {
            if (!MiniFormats.Names.Contains(format, StringComparer.Ordinal))
                throw map.Wrong("evaluate", $"there is no format '{format}'; there are {string.Join(", ", MiniFormats.Names)}.");
            if (RowsOf(format).Length == 0)
                throw map.Wrong("evaluate", $"{heldOut.Name} holds no conversation of the format '{format}'.");
        }
    }

    /// <summary>Adds a format's accuracy to a report, and for worked solutions also by family and by steps.</summary>
    public void Add(JsonObject report, Decoder network, string format)
    {
        var rows = RowsOf(format);
        var questions = rows.Select(heldOut.Question).ToArray();
        var texts = new Sampler(network, words.Control(MiniVocabulary.MessageEnd)) { Limit = limit }
            .Continue([.. questions.Select(static question => question.Prompt)]);
        var right = rows.Select((_, i) => IsRight(format, texts[i], questions[i].Text)).ToArray();
        report[format] = Share(right, 3);
        if (format != "cot")
            return;
        report["cot_by_family"] = By(heldOut.Family);
        report["cot_by_steps"] = By(heldOut.Steps);

        JsonObject By(Func<int, int> key) => new(Enumerable.Range(0, rows.Length).GroupBy(i => key(rows[i]))
            .OrderBy(static group => group.Key)
            .Select(group => KeyValuePair.Create($"{group.Key}", (JsonNode?)Share([.. group.Select(i => right[i])], 2))));
    }

    /// <summary>The number or word that a text ends with.</summary>
    internal static string LastWord(string text)
    {
        var start = text.Length;
        while (start > 0 && char.IsAsciiLetterOrDigit(text[start - 1]))
            start--;
        return text[start..];
    }

    private int[] RowsOf(string format) =>
        [.. Enumerable.Range(0, heldOut.Count).Where(row => MiniFormats.Names[heldOut.Format(row)] == format).Take(problems)];

    private bool IsRight(string format, IReadOnlyList<int> text, int[] wanted) => Exact.Contains(format, StringComparer.Ordinal)
        ? text.SequenceEqual(wanted)
        : LastWord(words.Decode(text)) == LastWord(words.Decode(wanted));

    private static double Share(bool[] right, int digits) => Math.Round((double)right.Count(static one => one) / right.Length, digits);
}
