namespace CognitiveTools.Lab.Problems.Templates;

/// <summary>
/// The same question twice: as published, and with other numbers and another answer. Whoever solves only the first
/// remembers it (the idea of VAR-MATH, arXiv:2507.12885).
/// </summary>
/// <param name="Original">The published problem.</param>
/// <param name="Variant">The problem with other numbers; its answer always differs from the original's.</param>
internal sealed record TemplatePair(TemplateInstance Original, TemplateInstance Variant);
