using System.Runtime.InteropServices;

namespace CognitiveTools.Evals.Sources;

/// <summary>A value of a row: its kind in the file, for messages, and its text; null for a value without a text, such as a list.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SourceValue(string Kind, string? Text)
{
    /// <summary>The texts of a list of texts and numbers; otherwise <see langword="null"/>.</summary>
    public IReadOnlyList<string>? Items { get; init; }
}
