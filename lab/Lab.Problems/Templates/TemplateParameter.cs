namespace CognitiveTools.Lab.Problems.Templates;

/// <summary>One number that a template leaves open.</summary>
/// <param name="Name">Lower-case letters; the text refers to it as <c>&lt;name&gt;</c>, <c>&lt;name+1&gt;</c> or
/// <c>&lt;name-1&gt;</c>.</param>
/// <param name="Values">The values it may take, in ascending order.</param>
internal sealed record TemplateParameter(string Name, IReadOnlyList<int> Values)
{
    /// <summary>All integers of an interval, or every <paramref name="step"/>-th of them.</summary>
    internal static TemplateParameter Range(string name, int minimum, int maximum, int step = 1) =>
        new(name, [.. Enumerable.Range(0, (maximum - minimum) / step + 1).Select(i => minimum + i * step)]);
}
