namespace CognitiveTools.Lab.Problems.Templates;

/// <summary>A template with numbers put in.</summary>
/// <param name="TemplateId">The template it comes from.</param>
/// <param name="Arguments">The numbers.</param>
/// <param name="Text">The problem as the solver sees it.</param>
/// <param name="Answer">The exact answer, 0 to 999.</param>
internal sealed record TemplateInstance(string TemplateId, TemplateArguments Arguments, string Text, int Answer);
