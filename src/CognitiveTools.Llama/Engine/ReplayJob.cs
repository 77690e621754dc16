namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Forwards positions again that a rewind took from a lane although the sequence keeps them: a recurrent state can only be restored where
/// it was saved. Runs in place of the sequence's next job, which follows it. Decode thread only. Invariant: the rows are of one kind at a
/// time, tokens or embeddings with one steering.
/// </summary>
internal sealed class ReplayJob : Job
{
    private readonly LaneRow[] _rows;
    private int _first; // of the rows that are being forwarded

    /// <param name="then">The job that waits for the positions; it fails with this one.</param>
    /// <param name="rows">The inputs of the positions, at least one.</param>
    internal ReplayJob(Job then, IEnumerable<LaneRow> rows)
        : base(then.Sequence, then.Cancellation)
    {
        (Then, _rows, IsWaiting) = (then, [.. rows], false);
        TakeRun();
    }

    internal Job Then { get; }

    /// <summary>Rows that were not forwarded.</summary>
    internal IEnumerable<LaneRow> Rest => _rows.Skip(_first + Done);

    internal override AppliedSteering? Steering => _rows[Math.Min(_first, _rows.Length - 1)].Steering;

    internal override bool CanPreempt => false;

    internal override void OnOutput(NativeContext context, int row)
    {
        (_first, Rows, Done) = (_first + Rows, 0, 0);
        if (_first == _rows.Length)
            IsFinished = true;
        else
            TakeRun();
    }

    internal override void Fail(Exception error)
    {
        IsFinished = Failed = true;
        Then.Fail(error);
    }

    internal override void FailFull(int needed, int available)
    {
        IsFinished = Failed = true;
        Then.FailFull(needed, available);
    }

    private void TakeRun()
    {
        var count = 1;
        while (_first + count < _rows.Length && _rows[_first].FitsWith(_rows[_first + count]))
            count++;
        var run = _rows.AsSpan(_first, count).ToArray();
        var isEmbedding = run[0].Embedding is not null;
        Tokens = isEmbedding ? default : Array.ConvertAll(run, static row => row.Token);
        Embeddings = isEmbedding ? run.SelectMany(static row => row.Embedding!).ToArray() : default;
        (Rows, Done) = (count, 0);
    }
}
