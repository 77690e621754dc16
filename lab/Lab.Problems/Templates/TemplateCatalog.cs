namespace CognitiveTools.Lab.Problems.Templates;

/// <summary>All parametric templates.</summary>
internal static class TemplateCatalog
{
    /// <summary>The templates, by topic.</summary>
    public static IReadOnlyList<ProblemTemplate> All { get; } =
    [
        .. AlgebraTemplates.All, .. NumberTheoryTemplates.All, .. CombinatoricsTemplates.All, .. ProbabilityTemplates.All,
        .. GeometryTemplates.All,
    ];

    /// <summary>The template of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists the names.</exception>
    public static ProblemTemplate Get(string id) =>
        All.FirstOrDefault(template => template.Id == id)
        ?? throw new ArgumentException(
            $"There is no template '{id}'; there are {string.Join(", ", All.Select(template => template.Id))}.", nameof(id));
}
