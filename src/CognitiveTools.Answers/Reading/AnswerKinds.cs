namespace CognitiveTools.Answers.Reading;

/// <summary>The kinds of answer by the name that suites write.</summary>
public static class AnswerKinds
{
    /// <summary>
    /// Integers, as AIME and GSM8K have them. A number that is not whole is still read, and is then an incorrect answer, not a missing one.
    /// </summary>
#pragma warning disable CA1720 // the name that suites write
    public static IAnswerKind Integer { get; } = new IntegerAnswer();
#pragma warning restore CA1720

    /// <summary>As <see cref="Integer"/>; the last number of a text that marks no answer counts as its answer.</summary>
    public static IAnswerKind LenientInteger { get; } = new IntegerAnswer(lenient: true);

    /// <summary>
    /// Expressions, as MATH has them: numbers, surds, multiples of pi, complex numbers, polynomials, equations and inequalities, points,
    /// intervals, sets, lists, matrices, numbers in a base, quantities, words and letters, in LaTeX or plain text. Two are equal if exact
    /// arithmetic says so; a decimal equals a number that is not whole if it is its rounding to about seven digits. The order of sets and
    /// bare lists does not count, brackets of intervals do, and units count only where both sides give one.
    /// </summary>
    public static IAnswerKind Expression { get; } = new ExpressionAnswer();

    /// <summary>
    /// Short plain texts: words, letters, yes or no. White space, case, Markdown, quotes and the label of an option do not count; accents
    /// and primes do.
    /// </summary>
    public static IAnswerKind Text { get; } = new TextAnswer();

    /// <summary>
    /// Boards of queens: row by row the column of the queen (<c>41582736</c>). The reference answer is the board that was asked, with
    /// points for missing queens (<c>..5....6</c>), and every solution that keeps its queens is right.
    /// </summary>
    public static IAnswerKind Queens { get; } = new QueensAnswer();

    /// <summary>The known names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(k => k.Name)];

    private static IAnswerKind[] Known => [Integer, LenientInteger, Expression, Text, Queens];

    /// <summary>Finds a kind by name.</summary>
    /// <exception cref="ArgumentException">There is no such kind; the message lists the known ones.</exception>
    public static IAnswerKind Find(string name) =>
        Known.FirstOrDefault(k => k.Name == name)
        ?? throw new ArgumentException($"'{name}' is no kind of answer. Known: {string.Join(", ", Names)}.", nameof(name));
}
