namespace CognitiveTools.Chat;

/// <summary>
/// The work that a call to a model had done when it was cancelled or failed. A client or engine that counts it attaches it to the
/// exception, so that the usage of a solve stays exact after any failure.
/// </summary>
/// <param name="Prompt">Prompt positions, forwarded or from a cache.</param>
/// <param name="Generated">Tokens generated.</param>
/// <param name="Cached">Of the prompt positions, those that a cache served.</param>
/// <param name="Text">The visible text generated so far.</param>
internal sealed record PartialWork(long Prompt, long Generated, long Cached = 0, string Text = "")
{
    /// <summary>Of the tokens generated, those of thoughts.</summary>
    public long Thoughts { get; init; }

    private const string Key = "CognitiveTools.PartialWork";

    /// <summary>The work attached to an exception or one of its inner exceptions; <see langword="null"/> without any.</summary>
    public static PartialWork? Of(Exception? thrown)
    {
        for (; thrown is not null; thrown = thrown.InnerException)
        {
            if (thrown.Data[Key] is PartialWork work)
                return work;
        }

        return null;
    }

    /// <summary>As <see cref="Of"/>, and removes it, so that it is counted once.</summary>
    public static PartialWork? Take(Exception thrown)
    {
        ArgumentNullException.ThrowIfNull(thrown);
        for (Exception? at = thrown; at is not null; at = at.InnerException)
        {
            if (at.Data[Key] is not PartialWork work)
                continue;
            at.Data.Remove(Key);
            return work;
        }

        return null;
    }

    /// <summary>Attaches the work to an exception.</summary>
    /// <returns>The same exception.</returns>
    public T On<T>(T thrown)
        where T : Exception
    {
        ArgumentNullException.ThrowIfNull(thrown);
        thrown.Data[Key] = this;
        return thrown;
    }
}
