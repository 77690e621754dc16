using System.Collections.Frozen;
using System.Reflection;

namespace CognitiveTools.Answers.Texts;

/// <summary>
/// The word lists of the folder <c>Words</c>, each by the name FILE/SECTION. A section is a line <c>[name]</c> with the lines below it;
/// a line that begins with <c>#</c> and a space is a comment.
/// </summary>
internal static class WordLists
{
    private static readonly FrozenDictionary<string, string[][]> Sections = ((string[])["english", "latex", "units"])
        .SelectMany(Read).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words of a section.</summary>
    public static FrozenSet<string> Set(string name, StringComparer? comparer = null) =>
        Sections[name].SelectMany(static row => row).ToFrozenSet(comparer ?? StringComparer.Ordinal);

    /// <summary>The words of a section in pairs: what is written, and what it is for.</summary>
    public static FrozenDictionary<string, string> Map(string name) => Sections[name].SelectMany(static row => row.Chunk(2))
        .ToFrozenDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);

    /// <summary>The lines of a section, each as its words.</summary>
    public static IReadOnlyList<string[]> Rows(string name) => Sections[name];

    private static IEnumerable<KeyValuePair<string, string[][]>> Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{file}.txt")!;
        using var reader = new StreamReader(stream);
        var (name, rows) = ("", new List<string[]>());
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("# ", StringComparison.Ordinal) || line.Length == 0)
                continue;
            if (line is not ['[', >= 'a' and <= 'z', .., ']'])
            {
                rows.Add(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                continue;
            }

            if (name.Length > 0)
                yield return KeyValuePair.Create(name, rows.ToArray());
            (name, rows) = ($"{file}/{line[1..^1]}", []);
        }

        yield return KeyValuePair.Create(name, rows.ToArray());
    }
}
