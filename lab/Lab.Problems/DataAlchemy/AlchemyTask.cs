using System.Text.RegularExpressions;

namespace CognitiveTools.Lab.Problems.DataAlchemy;

/// <summary>An element and the functions to apply to it, from left to right: question, reasoning and answer.</summary>
internal sealed partial record AlchemyTask
{
    /// <summary>Creates a task and solves it.</summary>
    /// <param name="element">At least one letter A to Z.</param>
    /// <param name="composition">At least one function.</param>
    /// <param name="world">The world; <see cref="AlchemyWorld.Default"/> when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">The element is empty or holds other characters or the composition is empty.</exception>
    public AlchemyTask(string element, IReadOnlyList<Transformation> composition, AlchemyWorld? world = null)
    {
        ArgumentNullException.ThrowIfNull(composition);
        if (composition.Count == 0)
            throw new ArgumentException("The composition is empty; give at least one function.", nameof(composition));
        Element = element;
        Composition = composition;
        var lines = new List<string>();
        Answer = element;
        for (var done = 1; done <= composition.Count; done++)
        {
            Answer = (world ?? AlchemyWorld.Default).Apply(Answer, composition[done - 1]);
            if (done < composition.Count)
                lines.Add(Answer + Show(composition.Skip(done)));
        }

        Reasoning = string.Join('\n', lines);
    }

    /// <summary>The element.</summary>
    public string Element { get; }

    /// <summary>The functions in the order of their application.</summary>
    public IReadOnlyList<Transformation> Composition { get; }

    /// <summary>The question, for instance <c>ABCD[F1][F2]</c>.</summary>
    public string Text => Element + Show(Composition);

    /// <summary>
    /// The think part: one line per function but the last, each the element so far and the functions still to apply.
    /// Empty for a single function.
    /// </summary>
    public string Reasoning { get; }

    /// <summary>The exact answer.</summary>
    public string Answer { get; }

    /// <summary>Name of the composition, for instance <c>f1f2</c>.</summary>
    public string CompositionName => NameOf(Composition);

    /// <summary>Reads a question as <see cref="Text"/> writes it.</summary>
    /// <returns><see langword="null"/> if the text is not a task, for instance because noise damaged it.</returns>
    public static AlchemyTask? TryParse(string text) =>
        Question().Match(text) is { Success: true } match
            ? new(match.Groups["element"].Value, [.. match.Groups["code"].Captures.Select(code => (Transformation)(code.Value[0] - '0'))])
            : null;

    /// <summary>Reads a composition's name.</summary>
    /// <exception cref="FormatException">The text is not a name like <c>f1f2</c>.</exception>
    public static IReadOnlyList<Transformation> ParseComposition(string name) =>
        Name().Match(name) is { Success: true } match
            ? [.. match.Groups["code"].Captures.Select(code => (Transformation)(code.Value[0] - '0'))]
            : throw new FormatException($"'{name}' is not a composition; write f1, f2 and f3 one after the other, for instance f1f2.");

    internal static string Show(IEnumerable<Transformation> composition) => string.Concat(composition.Select(Show));

    internal static string Show(Transformation transformation) => $"[F{(int)transformation}]";

    internal static string NameOf(IEnumerable<Transformation> composition) => string.Concat(composition.Select(one => $"f{(int)one}"));

    [GeneratedRegex(@"^(?<element>[A-Z]+)(\[F(?<code>[123])\])+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Question();

    [GeneratedRegex("^(f(?<code>[123]))+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
