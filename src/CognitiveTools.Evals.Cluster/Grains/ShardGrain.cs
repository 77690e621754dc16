using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Evals.Cluster.Leases;
using CognitiveTools.Evals.Runs;
using Orleans.Concurrency;

namespace CognitiveTools.Evals.Cluster.Grains;

/// <inheritdoc cref="IShardGrain"/>
[Reentrant] // results wait for the disk while other workers get units
internal sealed class ShardGrain(IGrainFactory grains, GrainTimes times, RunClock clock) : Grain, IShardGrain
{
    private LeaseBook? _book;
    private string? _session;
    private Task? _loading;

    private IRunGrain Run => grains.GetGrain<IRunGrain>(this.GetPrimaryKeyString().Split('/')[0]);

    public async Task<LeaseReply> LeaseAsync(LeaseRequest request)
    {
        if (_session != request.Session)
            await (_loading ??= LoadAsync());
        if (_book is not { } book || _session != request.Session)
            return new LeaseReply([], Open: false);
        var arms = request.Arms.ToHashSet(StringComparer.Ordinal);
        return new LeaseReply([.. book.Lease(request.Worker, request.Count, arms.Contains).Select(static u => (UnitName)u)], Open: true);
    }

    // After a restart the book is empty until somebody leases; nothing is lost then for those who have units.
    public Task<IReadOnlyList<UnitName>> RenewAsync(string worker, IReadOnlyList<UnitName> started, IReadOnlyList<UnitName> waiting) =>
        Task.FromResult<IReadOnlyList<UnitName>>(
            [.. (_book?.Renew(worker, Keys(started), Keys(waiting)) ?? []).Select(static u => (UnitName)u)]);

    public async Task<Receipt> CompleteAsync(IReadOnlyList<UnitResult> results)
    {
        var receipt = await Run.AppendAsync(results);
        if (!receipt.Open)
            return receipt;
        var refused = receipt.Refused.Select(static r => r.Unit).ToHashSet();
        foreach (var result in results.Where(r => !refused.Contains(r.Unit)))
            _book?.Complete(result.Unit, result.Ms);
        return receipt;
    }

    public Task ReleaseAsync(string worker, IReadOnlyList<UnitName> units)
    {
        _book?.Release(worker, Keys(units));
        return Task.CompletedTask;
    }

    private static UnitKey[] Keys(IReadOnlyList<UnitName> names) => [.. names.Select(static n => (UnitKey)n)];

    private async Task LoadAsync()
    {
        try
        {
            var shard = int.Parse(this.GetPrimaryKeyString().Split('/')[1], System.Globalization.CultureInfo.InvariantCulture);
            var work = await Run.WorkAsync(shard);
            if (work.Session is null)
                return;
            if (_book is null)
            {
                var estimates = new UnitEstimates(work.Lengths);
                foreach (var (unit, ms) in work.Finished)
                    estimates.Learn(unit, ms);
                _book = new LeaseBook(estimates, times.Lease, clock.Time);
            }

            _book.Load(Keys(work.Units));
            _session = work.Session;
        }
        finally
        {
            _loading = null;
        }
    }
}
