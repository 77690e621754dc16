using CognitiveTools.Code;
using CognitiveTools.Sandbox.Running;

namespace CognitiveTools.Sandbox.Tests.Running;

public sealed class QueuedRunnerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_more_programs_run_at_once_than_there_are_places()
    {
        using var places = new SemaphoreSlim(2);
        var inner = new Waiting();
        var runner = new QueuedRunner(inner, places);
        var runs = Enumerable.Range(0, 16)
            .Select(_ => runner.RunAsync("", CodeLimits.Default with { WallTime = TimeSpan.FromHours(1) }, Token).AsTask()).ToArray();

        for (var done = 0; done < 16; done++)
        {
            await inner.Started.WaitAsync(Token);
            inner.Finish.Release();
        }

        await Task.WhenAll(runs);
        Assert.Equal((16, 2), (inner.Total, inner.Most));
    }

    [Fact]
    public async Task A_program_that_gets_no_place_in_its_time_says_so()
    {
        using var places = new SemaphoreSlim(0, 1);

        var result = await new QueuedRunner(new Waiting(), places)
            .RunAsync("", CodeLimits.Default with { WallTime = TimeSpan.FromMilliseconds(1) }, Token);

        Assert.Equal(LimitNames.Time, result.Limit);
        Assert.Contains("it was not run", result.Reason, StringComparison.Ordinal);
    }

    private sealed class Waiting : ICodeRunner
    {
        private int _running, _total, _most;

        public SemaphoreSlim Started { get; } = new(0);

        public SemaphoreSlim Finish { get; } = new(0);

        public int Total => _total;

        public int Most => _most;

        public string Language => "none";

        public SandboxLevel Level => SandboxLevel.Process;

        public string Protection => "";

        public async ValueTask<CodeResult> RunAsync(string code, CodeLimits limits, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _total);
            var running = Interlocked.Increment(ref _running);
            for (var most = Volatile.Read(ref _most); running > most; most = Volatile.Read(ref _most))
                Interlocked.CompareExchange(ref _most, running, most);
            Started.Release();
            await Finish.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref _running);
            return new CodeResult { Outcome = CodeOutcome.Completed, Level = Level };
        }
    }
}
