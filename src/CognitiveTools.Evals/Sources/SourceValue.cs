using System.Runtime.InteropServices;

namespace CognitiveTools.Evals.Sources;

/// <summary>A value of a row.</summary>
/// <param name="Kind">What it is in its file, for messages.</param>
/// <param name="Text">Its text; <see langword="null"/> for a value without a text, such as a list.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SourceValue(string Kind, string? Text)
{
    /// <summary>The texts of a list of texts and numbers; otherwise <see langword="null"/>.</summary>
    public IReadOnlyList<string>? Items { get; init; }
}
