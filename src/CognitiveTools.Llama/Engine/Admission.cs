namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Decides when a job that waits for a lane may have one: in deterministic engines one family at a time, not while another job
/// forwards the same beginning, and not beyond the cache. Owns only the note that the cache was full; looks at the lanes and the
/// running jobs, and changes neither. Decode thread only.
/// </summary>
/// <param name="lanes">The lanes.</param>
/// <param name="active">The jobs that run.</param>
/// <param name="cacheLength">Positions that all lanes hold together.</param>
/// <param name="oneFamily">See <see cref="LlamaEngineOptions.Deterministic"/>.</param>
internal sealed class Admission(LaneTable lanes, List<Job> active, int cacheLength, bool oneFamily)
{
    private const int WorthWaiting = 16; // positions
    private const int AnswerReserve = 32; // positions

    /// <summary>Set when a job had to give its cells away: no new sequence until one ends.</summary>
    internal bool IsFull { get; set; }

    /// <summary>Whether a family is open, and only one may be.</summary>
    internal bool IsClosed => oneFamily && lanes.OpenCount > 0;

    /// <summary>
    /// Whether another job is forwarding a longer common prefix than any lane holds yet: waiting for it costs less than forwarding
    /// the same positions again.
    /// </summary>
    internal bool IsBeingForwarded(Job job)
    {
        if (oneFamily || job.Tokens.IsEmpty || !lanes.Reuses)
            return false;
        var tokens = job.Tokens.Span;
        var available = lanes.LongestPrefix(tokens, job.Sequence.Partition);
        foreach (var other in active)
        {
            if (other.IsEmbedding || other.IsGenerating || other.StartLength > 0 || other.Remaining == 0)
                continue;
            if (!string.Equals(other.Sequence.Partition, job.Sequence.Partition, StringComparison.Ordinal))
                continue;
            if (other.Tokens.Span.CommonPrefixLength(tokens) is var common && common > other.Done && common > available + WorthWaiting)
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the cache has room for a job beside those that run: an estimate on the safe side. Where it errs, the decode itself
    /// finds the cache full and a job is put back.
    /// </summary>
    internal bool HasRoomFor(Job job)
    {
        if (active.Count == 0)
            return true;
        if (IsFull)
            return false;
        var needed = lanes.OpenCells + job.Rows - lanes.LongestPrefix(job.Tokens.Span, job.Sequence.Partition) + AnswerReserve;
        foreach (var other in active)
            needed += other.Remaining + AnswerReserve;
        return needed <= cacheLength;
    }
}
