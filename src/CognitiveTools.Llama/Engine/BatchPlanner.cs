using CognitiveTools.Llama.Steering;

namespace CognitiveTools.Llama.Engine;

/// <summary>Rows of one job in a batch.</summary>
/// <param name="Job">The job.</param>
/// <param name="Rows">Number of its rows.</param>
/// <param name="OutputRow">Index in the batch of its output row, or -1 when its last row is not in the batch.</param>
internal readonly record struct BatchEntry(Job Job, int Rows, int OutputRow);

/// <summary>
/// Chooses the rows of the next decode. llama.cpp cannot mix tokens and embeddings in a batch, and a batch that returns
/// hidden states makes every row an output; so there are four kinds of batches, taken in turn. Within a batch, single
/// rows (sampled tokens, latent steps) come first and prompts share what is left; who comes first rotates. A control vector
/// holds for a whole decode, so a batch has only rows that are steered as those of its first job.
/// </summary>
internal sealed class BatchPlanner(BatchBuffer batch, bool oneSequencePerBatch)
{
    private const int Kinds = 4;
    private const int SmallestShare = 32; // rows of a prompt that make forwarding it worth while
    private const int PromptRowsBesideDecodes = 128; // keeps the pace of callers that are generating

    private int _kind;
    private int _first;

    internal List<BatchEntry> Entries { get; } = [];

    /// <summary>What steers every row of the batch.</summary>
    internal Push? Push { get; private set; }

    /// <summary>Fills the batch.</summary>
    /// <param name="jobs">At least one job, each with rows remaining.</param>
    /// <param name="rowLimit">Rows at most.</param>
    /// <returns>Whether the batch must return hidden states.</returns>
    internal bool Plan(IReadOnlyList<Job> jobs, int rowLimit)
    {
        Entries.Clear();
        _first = (_first + 1) % jobs.Count;
        _kind = NextKind(jobs);
        var (isEmbedding, hidden) = ((_kind & 2) != 0, (_kind & 1) != 0);
        batch.Clear(isEmbedding);
        var first = Rotated(jobs).First(j => KindOf(j) == _kind);
        Push = first.Push;
        if (oneSequencePerBatch)
        {
            Add(first, Math.Min(Rows(first), rowLimit), hidden);
            return hidden;
        }

        var prompts = 0;
        for (var i = 0; i < jobs.Count && batch.RowCount < rowLimit; i++)
        {
            var job = jobs[(_first + i) % jobs.Count];
            if (job.IsEmbedding != isEmbedding || job.Push != Push)
                continue;
            if (job.Remaining == 1 && (hidden || !job.WantsHidden)) // every row of a hidden batch is an output anyway
                Add(job, 1, hidden);
            else if (!hidden)
                prompts++;
        }

        var room = rowLimit - batch.RowCount;
        if (batch.RowCount > 0)
            room = Math.Min(room, PromptRowsBesideDecodes);
        for (var i = 0; i < jobs.Count && prompts > 0 && room > 0; i++)
        {
            var job = jobs[(_first + i) % jobs.Count];
            if (hidden || job.IsEmbedding != isEmbedding || job.Push != Push || job.Remaining == 1)
                continue;
            var rows = Math.Min(Math.Min(Rows(job), room), Math.Max(SmallestShare, room / prompts));
            Add(job, rows, hidden);
            room -= rows;
            prompts--;
        }

        return hidden;
    }

    // The last row of a job that wants a hidden state goes into another kind of batch than its other rows.
    private static int KindOf(Job job) => (job.IsEmbedding ? 2 : 0) | (job.WantsHidden && job.Remaining == 1 ? 1 : 0);

    private static int Rows(Job job) => job.LastRowApart && job.Remaining > 1 ? job.Remaining - 1 : job.Remaining;

    private int NextKind(IReadOnlyList<Job> jobs)
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

        throw new InvalidOperationException("There is no job to plan for.");
    }

    private IEnumerable<Job> Rotated(IReadOnlyList<Job> jobs) => Enumerable.Range(0, jobs.Count).Select(i => jobs[(_first + i) % jobs.Count]);

    private void Add(Job job, int rows, bool hidden)
    {
        var lane = job.Sequence.Lane!;
        var isLast = rows == job.Remaining;
        var row = -1;
        for (var i = 0; i < rows; i++)
        {
            var output = hidden || (isLast && i == rows - 1);
            row = job.IsEmbedding
                ? batch.Add(job.Embeddings.Span.Slice((job.Done + i) * (job.Embeddings.Length / job.Rows), job.Embeddings.Length / job.Rows), lane.Length + i, lane.Id, output)
                : batch.Add(job.Tokens.Span[job.Done + i], lane.Length + i, lane.Id, output);
        }

        Entries.Add(new(job, rows, isLast ? row : -1));
    }
}
