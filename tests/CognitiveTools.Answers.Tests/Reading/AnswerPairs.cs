namespace CognitiveTools.Answers.Tests.Reading;

/// <summary>The pairs of answers that lie next to this file.</summary>
internal static class AnswerPairs
{
    public static IReadOnlyList<(string Left, string Right)> Equivalent { get; } = Read("equivalent-pairs.tsv");

    public static IReadOnlyList<(string Left, string Right)> NearMiss { get; } = Read("near-miss-pairs.tsv");

    private static List<(string Left, string Right)> Read(string name)
    {
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, name)).Where(l => l.Length > 0 && l[0] != '#');
        return [.. lines.Select(l => l.Split('\t')).Select(p => (p[0], p[1]))];
    }
}
