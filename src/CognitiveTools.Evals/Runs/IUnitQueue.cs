namespace CognitiveTools.Evals.Runs;

/// <summary>
/// Where a worker gets units and where it brings their results: a list in this process, or a cluster. Results may be brought by
/// several threads at once; units are taken by one.
/// </summary>
internal interface IUnitQueue
{
    /// <summary>Cancelled when units in flight are no longer wanted, for instance because results cannot be written.</summary>
    CancellationToken Stopping { get; }

    /// <summary>The units to run, one after another. Ends when this worker gets no more; waits while others may give some back.</summary>
    IAsyncEnumerable<UnitKey> TakeAsync(CancellationToken cancellationToken);

    /// <summary>Brings a result. Returns when the next unit may begin, which may be before the result is written.</summary>
    Task CompleteAsync(UnitOutcome outcome);

    /// <summary>Waits until all results are written.</summary>
    /// <exception cref="IOException">A result could not be written.</exception>
    Task FlushAsync();
}
