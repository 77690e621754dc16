namespace CognitiveTools.Answers.Reading;

/// <summary>The kinds of answer by the name that suites write.</summary>
public static class AnswerKinds
{
    private static readonly IAnswerKind[] Known = [IntegerAnswer.Strict, new IntegerAnswer(lenient: true), new ExpressionAnswer(),
        new TextAnswer()];

    /// <summary>The known names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(k => k.Name)];

    /// <summary>
    /// What makes two answers of a run one vote: the equality of the kind with this name; equal texts for a kind that only the
    /// run's own program knew.
    /// </summary>
    internal static Func<string, string, bool> Equality(string name) =>
        Known.FirstOrDefault(k => k.Name == name) is { } kind ? kind.AreSame : string.Equals;

    /// <summary>Finds a kind by name.</summary>
    /// <exception cref="ArgumentException">There is no such kind; the message lists the known ones.</exception>
    public static IAnswerKind Find(string name) =>
        Known.FirstOrDefault(k => k.Name == name)
        ?? throw new ArgumentException($"'{name}' is no kind of answer. Known: {string.Join(", ", Names)}.", nameof(name));
}
