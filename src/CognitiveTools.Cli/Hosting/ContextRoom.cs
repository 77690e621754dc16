using CognitiveTools.Llama.Facts;

namespace CognitiveTools.Cli.Hosting;

/// <summary>How much the context of a model holds, and how it can be made to hold more.</summary>
/// <param name="Length">Positions of one sequence; <see langword="null"/> for a remote model.</param>
/// <param name="Trained">Positions that the model was trained for; <see langword="null"/> where <c>--context</c> has no effect.</param>
internal sealed record ContextRoom(int? Length, int? Trained)
{
    public static ContextRoom Of(EngineFacts engine) => new(engine.ContextLength, engine.Model.TrainedContextLength);

    /// <summary>That the context is longer than the model was trained for; <see langword="null"/> when it is not.</summary>
    public string? Warning => IsBeyondTraining
        ? FormattableString.Invariant($"the context holds {Length:N0} positions, and the model was trained for {Trained:N0}. ")
            + "What it writes beyond those is likely to be garbage. Lower --context (or the setting Llama:ContextLength), or leave it out."
        : null;

    /// <summary>Why the context has its length, for reports; <see langword="null"/> when it is not beyond what was trained.</summary>
    public string? Note => IsBeyondTraining
        ? FormattableString.Invariant($"more than the {Trained:N0} that the model was trained for")
        : null;

    /// <summary>What to do when the context is full.</summary>
    /// <param name="shorten">What else helps, for instance "a shorter question".</param>
    public string Remedy(string shorten) =>
        Length is null ? $"Use {shorten}, or run the server with a longer context."
        : Trained is not { } trained || Length >= trained ? $"Use {shorten}, or a model that was trained for a longer context."
        : FormattableString.Invariant($"Use a larger --context, up to the {trained:N0} positions that the model was trained for, ")
            + $"or {shorten}.";

    private bool IsBeyondTraining => Trained is > 0 && Length > Trained;
}
