namespace CognitiveTools.Evals.Cluster.Grains;

/// <inheritdoc cref="IRunListGrain"/>
internal sealed class RunListGrain(TimeProvider time) : Grain, IRunListGrain
{
    private static readonly TimeSpan Forget = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, long> _runs = new(StringComparer.Ordinal);

    public Task AddAsync(string run)
    {
        _runs[run] = time.GetTimestamp();
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string run)
    {
        _runs.Remove(run);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListAsync() => Task.FromResult<IReadOnlyList<string>>(
        [.. _runs.Where(r => time.GetElapsedTime(r.Value) < Forget).Select(static r => r.Key).Order(StringComparer.Ordinal)]);
}
