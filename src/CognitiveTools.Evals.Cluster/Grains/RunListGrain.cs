using CognitiveTools.Evals.Cluster.Hosting;

namespace CognitiveTools.Evals.Cluster.Grains;

/// <inheritdoc cref="IRunListGrain"/>
internal sealed class RunListGrain(RunClock clock) : Grain, IRunListGrain
{
    private static readonly TimeSpan Forget = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, long> _runs = new(StringComparer.Ordinal);

    public Task AddAsync(string run)
    {
        _runs[run] = clock.Time.GetTimestamp();
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string run)
    {
        _runs.Remove(run);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListAsync() => Task.FromResult<IReadOnlyList<string>>(
        [.. _runs.Where(r => clock.Time.GetElapsedTime(r.Value) < Forget).Select(static r => r.Key).Order(StringComparer.Ordinal)]);
}
