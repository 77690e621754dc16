namespace CognitiveTools.Latents;

/// <summary>A sequence would outgrow the model's context. The sequence is unchanged.</summary>
public sealed class ContextFullException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="needed">Positions the sequence would hold.</param>
    /// <param name="available">Positions it may hold.</param>
    public ContextFullException(int needed, int available)
        : base($"The sequence needs {needed} positions but the context holds {available}. Raise the context length or shorten the input.")
    {
        Needed = needed;
        Available = available;
    }

    /// <summary>Positions the sequence would hold.</summary>
    public int Needed { get; }

    /// <summary>Positions it may hold.</summary>
    public int Available { get; }
}
