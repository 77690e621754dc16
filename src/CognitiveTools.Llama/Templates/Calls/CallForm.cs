namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>How calls are made with a chat template.</summary>
/// <param name="Syntax">How calls are written.</param>
/// <param name="Problem">
/// Why the template's own form is not used, as the end of a sentence; <see langword="null"/> when it is. The functions are then described
/// in the system prompt.
/// </param>
/// <param name="KeepsCalls">Whether earlier calls and results go to the template as such; otherwise they become text.</param>
internal sealed record CallForm(CallSyntax Syntax, string? Problem = null, bool KeepsCalls = true)
{
    /// <summary>Whether functions are described in the system prompt.</summary>
    public bool IsDescribed => Problem is not null;

    /// <summary>The form of our own.</summary>
    public static CallForm Generic(string problem) => new(CallSyntax.Generic, problem, KeepsCalls: false);
}
