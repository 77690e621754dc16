using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Cluster.Tests.Runs;

internal sealed class EventList : IProgress<RunEvent>
{
    private readonly Lock _gate = new();
    private readonly List<RunEvent> _events = [];

    public void Report(RunEvent value)
    {
        lock (_gate)
            _events.Add(value);
    }

    public IReadOnlyList<T> Of<T>()
    {
        lock (_gate)
            return [.. _events.OfType<T>()];
    }
}
