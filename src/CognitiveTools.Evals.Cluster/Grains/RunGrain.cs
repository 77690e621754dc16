using CognitiveTools.Evals.Cluster.Hosting;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using Orleans.Concurrency;

namespace CognitiveTools.Evals.Cluster.Grains;

/// <inheritdoc cref="IRunGrain"/>
[Reentrant] // results of several shards share a flush, and news are read meanwhile
internal sealed class RunGrain(IGrainFactory grains, GrainTimes times, RunClock clock) : Grain, IRunGrain
{
    private const int MostRecords = 500;

    private readonly WorkerList _workers = new(times.Lease, clock.Time);
    private OpenRun? _run;
    private Task<RunOpened>? _opening;
    private IGrainTimer? _timer;

    public async Task<RunOpened> OpenAsync(RunOrder order)
    {
        if (_opening is { } other)
            await other;
        if (_run is { } open && (!open.IsOver || open.Order.Session == order.Session))
            return open.Refuse(order) ?? Opened(open);
        _run?.Dispose();
        _run = null;
        try
        {
            return await (_opening ??= OpenNewAsync(order));
        }
        finally
        {
            _opening = null;
        }
    }

    public Task<RunOffer?> DescribeAsync() => Task.FromResult(_run is { IsOver: false } run
        ? new RunOffer(run.Order.Session, run.Order.Header, run.Order.Problems, run.Order.Model, run.Shards)
        : null);

    public Task<RunPulse> PulseAsync(WorkerNews worker)
    {
        _workers.Saw(worker);
        _run?.Tell(_workers);
        return Task.FromResult(Pulse());
    }

    public Task LeaveAsync(string worker)
    {
        _workers.Remove(worker);
        Pulse();
        return Task.CompletedTask;
    }

    public Task<ShardWork> WorkAsync(int shard) => Task.FromResult(_run is { IsOver: false } run
        ? run.Work(shard)
        : new ShardWork(null, [], [], []));

    public async Task<Receipt> AppendAsync(IReadOnlyList<UnitResult> results)
    {
        if (_run is not { IsOver: false } run)
        {
            // After the end nothing is wanted; before the beginning it must be brought again.
            return new Receipt(_run is not null, Stopped: true, []);
        }

        var receipt = await run.AppendAsync(results);
        return receipt with { Stopped = Pulse() is { Over: true } or { Stopped: not null } };
    }

    public Task<RunNews> NewsAsync(int from)
    {
        var pulse = Pulse();
        var owner = RunWriter.NameOfThis;
        if (_run is not { } run)
            return Task.FromResult(new RunNews(pulse, owner, "", 0, 0, [], 0, 0, [], []));
        var workers = _workers.Alive();
        byte[][] records = [.. run.Records.Skip(from).Take(MostRecords).Select(Wire.Write)];
        return Task.FromResult(new RunNews(
            pulse,
            owner,
            $"{GrainContext.ActivationId} {run.Order.Session}",
            run.Session.Planned,
            run.Session.FinishedBefore.Count,
            records,
            run.Records.Count,
            run.Repeats,
            workers,
            run.Idle(workers)));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _run?.Dispose();
        return Task.CompletedTask;
    }

    private static RunOpened Opened(OpenRun run) => new(run.Order.Session, Wire.Write(run.Session.Header), null, RunOpenFault.None);

    private async Task<RunOpened> OpenNewAsync(RunOrder order)
    {
        try
        {
            _run = await Task.Run(() => new OpenRun(order, clock.Time));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // While silos join, a grain may be active on two of them for a moment. This one is of no use; the next call finds the owner.
            DeactivateOnIdle();
            return new RunOpened(null, [], fault.Message, RunOpenFault.Files);
        }
        catch (InvalidDataException fault)
        {
            return new RunOpened(null, [], fault.Message, RunOpenFault.Damaged);
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            return new RunOpened(null, [], fault.Message, RunOpenFault.Differs);
        }

        _timer ??= this.RegisterGrainTimer(ListAsync, new GrainTimerCreationOptions(TimeSpan.Zero, times.Lease / 3) { KeepAlive = true });
        Pulse();
        return Opened(_run);
    }

    // Also closes the log as soon as nothing more is expected, so that others may use the run.
    private RunPulse Pulse()
    {
        if (_run is not { } run)
            return new RunPulse(null, null, Failed: false, Over: false, Texts: 0);
        run.EndIfDone(_workers);
        return new RunPulse(run.Order.Session, run.Stopped, run.HasFailed, run.IsOver, run.Texts);
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        Pulse();
        var list = grains.GetGrain<IRunListGrain>(0);
        if (_run is { IsOver: false })
        {
            await list.AddAsync(this.GetPrimaryKeyString());
            return;
        }

        await list.RemoveAsync(this.GetPrimaryKeyString());
        _timer?.Dispose();
        _timer = null;
    }
}
