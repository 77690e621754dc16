namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>Adds up what calls of one kind cost. One group of calls at a time.</summary>
internal sealed class CallMeter
{
    /// <summary>Calls.</summary>
    public int Calls { get; private set; }

    /// <summary>Processor time of this process meanwhile.</summary>
    public TimeSpan Processor { get; private set; }

    /// <summary>Makes calls at once and waits for all.</summary>
    public async Task MeasureAsync<T>(IReadOnlyCollection<T> callers, Func<T, Task> call)
    {
        if (callers.Count == 0)
            return;
        var used = Environment.CpuUsage.TotalTime;
        await Task.WhenAll(callers.Select(call));
        Calls += callers.Count;
        Processor += Environment.CpuUsage.TotalTime - used;
    }
}
