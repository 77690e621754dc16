namespace CognitiveTools.Chat;

/// <summary>
/// What a call to a model had done when it was cancelled or failed. A client or an engine that counts puts it on the exception that
/// the call ends with, so that the bill of a solve stays true whatever happens.
/// </summary>
/// <param name="Prompt">Prompt positions taken in, forwarded or from a cache.</param>
/// <param name="Generated">Tokens generated.</param>
/// <param name="Cached">Of the prompt positions, those that a cache served.</param>
/// <param name="Text">The text generated so far.</param>
public sealed record PartialWork(long Prompt, long Generated, long Cached = 0, string Text = "")
{
    private const string Key = "CognitiveTools.PartialWork";

    /// <summary>The work noted on an exception or one inside it; <see langword="null"/> when none is.</summary>
    public static PartialWork? Of(Exception? thrown)
    {
        for (; thrown is not null; thrown = thrown.InnerException)
        {
            if (thrown.Data[Key] is PartialWork work)
                return work;
        }

        return null;
    }

    /// <summary>As <see cref="Of"/>, and takes the note off, so that nobody else puts it on a bill.</summary>
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

    /// <summary>Notes the work on an exception.</summary>
    /// <returns>The same exception.</returns>
    public T On<T>(T thrown)
        where T : Exception
    {
        ArgumentNullException.ThrowIfNull(thrown);
        thrown.Data[Key] = this;
        return thrown;
    }
}
