namespace CognitiveTools.Llama.Engine;

/// <summary>What a caller asks of the decode thread.</summary>
internal enum CommandKind
{
    /// <summary>Nothing: look at the cancellation tokens again.</summary>
    Wake,
    Start,
    StartGroup,
    Fork,
    Rewind,
    Close,
}

/// <summary>One request to the decode thread; requests about one sequence arrive in the order they were made.</summary>
internal readonly record struct Command(
    CommandKind Kind, EngineSequence? Sequence, Job? Job = null, EngineSequence? Other = null, int Length = 0)
{
    private readonly IReadOnlyList<Job>? _group;

    /// <summary>Starts several jobs before the next decode.</summary>
    internal Command(IReadOnlyList<Job> group)
        : this(CommandKind.StartGroup, Sequence: null) => _group = group;

    /// <summary>The jobs to start.</summary>
    internal IReadOnlyList<Job> Jobs => _group ?? (Job is null ? [] : [Job]);

    /// <summary>Fails the jobs, when the decode thread no longer takes commands.</summary>
    internal void Fail(Func<Exception> error)
    {
        foreach (var job in Jobs)
        {
            job.Fail(error());
            if (job.End())
                job.Group!.Complete();
        }
    }
}
