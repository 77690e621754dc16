namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Decides when a job that waits for a lane is admitted: in deterministic engines one family at a time, not while another job
/// forwards a common prefix, and not beyond the capacity of the cache. Owns only the flag that the cache was full; reads the lanes and
/// the running jobs, and changes neither. Decode thread only.
/// </summary>
/// <param name="lanes">The lanes.</param>
/// <param name="active">The jobs that run.</param>
/// <param name="cacheLength">Positions that all lanes hold together.</param>
/// <param name="oneFamily">See <see cref="LlamaEngineOptions.Deterministic"/>.</param>
internal sealed class Admission(LaneTable lanes, List<Job> active, int cacheLength, bool oneFamily)
{
    internal const int WorthWaiting = 16; // positions
    private const int AnswerReserve = 32; // positions

    /// <summary>Set when a job was preempted: no new sequence is admitted until one ends.</summary>
    internal bool IsFull { get; set; }

    /// <summary>Whether a family is open in an engine that admits one at a time.</summary>
    internal bool IsClosed => oneFamily && lanes.OpenCount > 0;

    /// <summary>
    /// Whether another job is forwarding a longer common prefix than any lane holds now: to wait for it costs less than to forward
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
            {
                if (lanes.KeepsStates)
                    other.PauseAt(Math.Min(common, tokens.Length - 1)); // only there can this job go on
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether the cache has room for a job in addition to those that run: a conservative estimate. Where it is wrong, the decode
    /// finds the cache full and a job is preempted.
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
