namespace CognitiveTools.Lab.Problems.ProsQa;

/// <summary>The words of ProsQA problems: names of people, and invented nouns that a model cannot know from elsewhere.</summary>
internal static class ProsWords
{
    private static readonly string[] Beginnings =
        ["bo", "da", "fe", "gi", "ka", "lu", "me", "no", "pi", "ru", "su", "ta", "ve", "wo", "zi"];

    private static readonly string[] Endings = ["mbus", "ndex", "rpol", "lfin"];

    /// <summary>Names of nodes that nothing leads to.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "Alex", "Ben", "Carol", "Davis", "Emma", "Fae", "Gabe", "Hilda", "Ivan", "Jack", "Kay", "Lea", "Max", "Nina", "Oscar", "Polly",
        "Quinn", "Rex", "Sally", "Tom", "Una", "Vera", "Will", "Xena", "Yuri", "Zoe",
    ];

    /// <summary>The nouns of the other nodes.</summary>
    public static IReadOnlyList<string> Nouns { get; } =
        [.. Beginnings.SelectMany(static _ => Endings, static (start, end) => start + end)];
}
