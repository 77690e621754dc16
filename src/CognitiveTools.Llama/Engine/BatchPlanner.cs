
namespace CognitiveTools.Llama.Engine;

/// <summary>Rows of one job in a batch.</summary>
/// <param name="Job">The job.</param>
/// <param name="Rows">Number of its rows.</param>
/// <param name="OutputRow">Index in the batch of its output row, or -1 when its last row is not in the batch.</param>
internal readonly record struct BatchEntry(Job Job, int Rows, int OutputRow);

/// <summary>
/// Chooses the rows of the next decode. Owns the order in which jobs are served; fills the batch, which it does not own. Decode thread
/// only. llama.cpp cannot mix tokens and embeddings in a batch, and a batch that returns hidden states makes every row an output; so
/// there are four kinds of batches, taken in turn. Within a batch, single rows (sampled tokens, latent steps) come first and prompts
/// share the rest; where not all fit, the least recently served come first. A control vector applies to a whole decode, so all rows of
/// a batch are steered as the first job's rows. Invariants: a plan has at least one row, and at most one entry per job; the rows of an
/// entry are the next ones of its job, in order. It runs once per token and allocates nothing.
/// </summary>
internal sealed class BatchPlanner(BatchBuffer batch, bool oneSequencePerBatch, bool hiddenRowsAlone = false)
{
    private const int Kinds = 4;
    private const int SmallestShare = 32; // a smaller share of a prompt would cost more than it forwards
    private const int PromptRowsWithDecodes = 128; // keeps the pace of callers that are generating

    private int _kind;
    private long _round = 1; // 0 marks jobs that are new here

    internal List<BatchEntry> Entries { get; } = [];

    /// <summary>What steers every row of the batch.</summary>
    internal AppliedSteering? Steering { get; private set; }

    /// <summary>Fills the batch.</summary>
    /// <param name="jobs">At least one job, oldest first, each with rows remaining.</param>
    /// <param name="rowLimit">Rows at most.</param>
    /// <returns>Whether the batch must return hidden states.</returns>
    internal bool Plan(List<Job> jobs, int rowLimit)
    {
        Entries.Clear();
        _round++;
        foreach (var job in jobs)
        {
            if (job.LastRound == 0)
                job.LastRound = _round - 1; // a new job is as urgent as one that was just served
        }

        _kind = NextKind(jobs);
        var (isEmbedding, hidden) = ((_kind & 2) != 0, (_kind & 1) != 0);
        batch.Clear(isEmbedding);
        var first = LeastRecentlyServed(jobs, single: null)!;
        Steering = first.Steering;
        if (oneSequencePerBatch || (hidden && hiddenRowsAlone))
        {
            Add(first, Math.Min(first.Together, rowLimit), hidden);
            return hidden;
        }

        AddSingles(jobs, rowLimit, hidden);
        if (!hidden)
            AddPrompts(jobs, rowLimit);
        return hidden;
    }

    // The last row of a job that wants a hidden state needs another kind of batch than its other rows.
    private static int KindOf(Job job) => (job.IsEmbedding ? 2 : 0) | (job.WantsHidden && job.Remaining == 1 ? 1 : 0);

    private int NextKind(List<Job> jobs)
    {
        for (var turn = 1; turn <= Kinds; turn++)
        {
            var kind = (_kind + turn) % Kinds;
            foreach (var job in jobs)
            {
                if (KindOf(job) == kind)
                    return kind;
            }
        }

        throw new InvalidOperationException("The list of jobs is empty.");
    }

    private void AddSingles(List<Job> jobs, int rowLimit, bool hidden)
    {
        var count = Count(jobs, single: true, hidden);
        foreach (var job in jobs)
        {
            if (count <= rowLimit && IsCandidate(job, single: true, hidden))
                Add(job, 1, hidden);
        }

        while (count > rowLimit && batch.RowCount < rowLimit)
            Add(LeastRecentlyServed(jobs, single: true)!, 1, hidden);
    }

    private void AddPrompts(List<Job> jobs, int rowLimit)
    {
        var room = rowLimit - batch.RowCount;
        if (batch.RowCount > 0)
            room = Math.Min(room, PromptRowsWithDecodes);
        for (var prompts = Count(jobs, single: false, hidden: false); prompts > 0 && room > 0; prompts--)
        {
            var job = LeastRecentlyServed(jobs, single: false)!;
            var rows = Math.Min(Math.Min(job.Together, room), Math.Max(SmallestShare, room / prompts));
            Add(job, rows, hidden: false);
            room -= rows;
        }
    }

    private int Count(List<Job> jobs, bool? single, bool hidden)
    {
        var count = 0;
        foreach (var job in jobs)
        {
            if (IsCandidate(job, single, hidden))
                count++;
        }

        return count;
    }

    // The least recently served candidate that is not in this batch yet; of equal ones the oldest.
    private Job? LeastRecentlyServed(List<Job> jobs, bool? single)
    {
        Job? found = null;
        foreach (var job in jobs)
        {
            if (job.LastRound < (found?.LastRound ?? _round) && IsCandidate(job, single, (_kind & 1) != 0))
                found = job;
        }

        return found;
    }

    // Every row of a hidden batch is an output anyway, so it can hold sampled tokens too.
    private bool IsCandidate(Job job, bool? single, bool hidden) =>
        single is not { } one ? KindOf(job) == _kind
        : job.IsEmbedding == batch.IsEmbedding
            && job.Steering == Steering
            && one == (job.Remaining == 1)
            && (!one || hidden || !job.WantsHidden);

    private void Add(Job job, int rows, bool hidden)
    {
        var lane = job.Sequence.Lane!;
        var isLast = rows == job.Remaining;
        var row = -1;
        for (var i = 0; i < rows; i++)
        {
            var output = hidden || (isLast && i == rows - 1);
            row = job.IsEmbedding
                ? batch.Add(job.EmbeddingOf(job.Done + i), lane.Length + i, lane.Id, output)
                : batch.Add(job.Tokens.Span[job.Done + i], lane.Length + i, lane.Id, output);
        }

        job.LastRound = _round;
        Entries.Add(new(job, rows, isLast ? row : -1));
    }
}
