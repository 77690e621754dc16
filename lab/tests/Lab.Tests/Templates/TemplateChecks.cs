using CognitiveTools.Lab.Problems.Templates;

namespace CognitiveTools.Lab.Tests.Templates;

/// <summary>Brute force for every template, by its id; each knows the question but not the template's formula.</summary>
internal static class TemplateChecks
{
    public static IReadOnlyDictionary<string, Func<TemplateArguments, int>> All { get; } =
        new[] { AlgebraChecks.All, CountingChecks.All, GeometryChecks.All }.SelectMany(checks => checks).ToDictionary();
}
