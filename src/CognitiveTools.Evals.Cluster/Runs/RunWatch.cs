using CognitiveTools.Evals.Cluster.Grains;
using CognitiveTools.Evals.Cluster.Workers;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Cluster.Runs;

/// <summary>
/// Follows a run from a process that wants its result: opens it, opens it again after its owner died, reports finished units, and collects
/// their records.
/// </summary>
internal sealed class RunWatch(IGrainFactory grains, string key, RunOrder order, RunOptions options, IProgress<RunEvent>? progress)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TimeToAgree = TimeSpan.FromSeconds(20); // of silos that join, on who owns the run
    private static readonly TimeSpan TimeToRecover = TimeSpan.FromMinutes(3); // from the death of the owner

    private readonly IRunGrain _run = grains.GetGrain<IRunGrain>(key);
    private readonly Dictionary<UnitKey, UnitRecord> _records = [];
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private RunOrder _order = order;
    private RunHeader? _header;
    private string? _owner;
    private string? _list;
    private int _place;
    private bool _started;

    /// <summary>The run's key.</summary>
    public string Key => key;

    /// <summary>The newest news; <see langword="null"/> before the first.</summary>
    public RunNews? News { get; private set; }

    /// <summary>Opens or joins the run.</summary>
    /// <param name="isAlone">Whether no other member can own the run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The order contradicts the run.</exception>
    /// <exception cref="IOException">Another process writes it, or files cannot be used.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public Task OpenAsync(bool isAlone, CancellationToken cancellationToken) =>
        OpenWithinAsync(isAlone ? TimeSpan.Zero : TimeToAgree, cancellationToken);

    /// <summary>What a worker needs; <see langword="null"/> when the run is over.</summary>
    public async Task<RunOffer?> OfferAsync(CancellationToken cancellationToken)
    {
        try
        {
            RunOffer? offer = null;
            await Retry.UntilAsync(
                async () =>
                {
                    offer = await _run.DescribeAsync();
                    return offer is not null ? null : await _run.NewsAsync(int.MaxValue);
                },
                news => offer is not null || news!.Pulse.Over,
                options.Time,
                cancellationToken);
            return offer;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Follows the run to its end.</summary>
    /// <param name="working">This process's own work; its failure ends the wait.</param>
    /// <param name="cancellationToken">Stops following.</param>
    /// <exception cref="IOException">The owner's disk failed.</exception>
    public async Task<RunResult> UntilOverAsync(Task working, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (working.IsFaulted)
                await working;
            var news = await Retry.UntilAsync(() => NewsAsync(cancellationToken), static _ => true, options.Time, cancellationToken);
            if (news is null)
                continue;
            Read(news);
            if (news.Pulse.Failed)
                throw new IOException(news.Pulse.Stopped);
            if (news.Pulse.Over && _place >= news.Total)
                return RunResult.From(_order.Directory, _header!, _records) with { Stopped = news.Pulse.Stopped };
            if (news.Records.Count == 0)
                await Task.Delay(Pause, options.Time, cancellationToken);
        }
    }

    private async Task<RunNews?> NewsAsync(CancellationToken cancellationToken)
    {
        var news = await _run.NewsAsync(_place);
        if (news.Pulse.Session is null)
        {
            await OpenWithinAsync(TimeToRecover, cancellationToken);
            return null;
        }

        if (news.List == _list)
            return news;
        var isFirst = _list is null;
        if (!isFirst && news.Owner != _owner)
            progress?.Report(new ClusterNotice($"The run has a new owner, {news.Owner}."));
        (_owner, _list, _place) = (news.Owner, news.List, 0); // what is known already is not reported again
        return isFirst ? news : null;
    }

    // Another owner may hold the files: the one before, until it notices that it is out, or one that this silo does not know yet.
    private async Task OpenWithinAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var since = options.Time.GetTimestamp();
        var opened = await Retry.UntilAsync(
            () => _run.OpenAsync(_order),
            answer => answer.Fault != RunOpenFault.Files || options.Time.GetElapsedTime(since) >= patience,
            options.Time,
            cancellationToken);
        if (opened.Error is { } error)
        {
            throw opened.Fault switch
            {
                RunOpenFault.Files => new IOException(error),
                RunOpenFault.Damaged => new InvalidDataException(error),
                _ => new InvalidOperationException(error),
            };
        }

        _header = Wire.ReadHeader(opened.Header);
        _order = _order with { Session = opened.Session! };
    }

    private void Read(RunNews news)
    {
        News = news;
        var fresh = new List<UnitRecord>();
        foreach (var record in news.Records.Select(Wire.ReadRecord))
        {
            if (_records.TryAdd(record.Key, record))
                fresh.Add(record);
        }

        _place += news.Records.Count;
        if (!_started && _place >= news.Before)
        {
            _started = true;
            var before = _records.Values.Take(news.Before).ToArray();
            progress?.Report(new RunStarted(_header!, news.Planned, before));
            fresh = [.. _records.Values.Skip(news.Before)];
        }

        if (_started)
        {
            foreach (var record in fresh)
                progress?.Report(new UnitFinished(record));
        }

        progress?.Report(new UnitsInFlight(news.Workers.Sum(static w => w.InFlight)));
        if (news.Idle.Count > 0)
            Say($"No worker can run {string.Join(", ", news.Idle)}. Start one that has what they need.");
    }

    private void Say(string text)
    {
        if (_said.Add(text))
            progress?.Report(new ClusterNotice(text));
    }
}
