namespace CognitiveTools.Llama.Templates.Values;

/// <summary>
/// What one rendering may use. The limits are counts, so a template meets them at the same place on every machine.
/// </summary>
internal sealed record RenderLimits
{
    /// <summary>Steps: one for each node that is evaluated and each element that a built-in function visits.</summary>
    public long Steps { get; init; } = 10_000_000;

    /// <summary>UTF-16 units that are created or read by string operations; twice the memory in bytes at most.</summary>
    public long Characters { get; init; } = 200_000_000;

    /// <summary>UTF-16 units of one text.</summary>
    public int TextLength { get; init; } = 32_000_000;

    /// <summary>Macros and recursive loops inside each other, and brackets or blocks inside each other.</summary>
    public int Depth { get; init; } = 150;
}
