using CognitiveTools.Evals.Cluster.Hosting;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;

namespace CognitiveTools.Evals.Cluster.Tests.Hosting;

public sealed class JoinAttemptsTests
{
    private static readonly SiloUnavailableException NoSilo = new("no gateway");

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attempts_end_after_the_limit()
    {
        var attempts = new JoinAttempts(waiting: null, _time);
        for (var since = TimeSpan.Zero; since < JoinAttempts.Limit; since += TimeSpan.FromSeconds(1))
            Assert.True(await AskAsync(attempts, NoSilo));

        Assert.False(await AskAsync(attempts, NoSilo));
    }

    [Fact]
    public async Task A_caller_that_is_told_of_the_wait_is_told_once_and_waits_on()
    {
        var told = 0;
        var attempts = new JoinAttempts(() => told++, _time);
        for (var since = TimeSpan.Zero; since < 2 * JoinAttempts.Limit; since += TimeSpan.FromSeconds(1))
            Assert.True(await AskAsync(attempts, NoSilo));

        Assert.Equal(1, told);
    }

    [Fact]
    public async Task A_fault_of_the_store_is_not_repeated()
    {
        var attempts = new JoinAttempts(waiting: null, _time);

        Assert.False(await attempts.ShouldRetryConnectionAttempt(new InvalidOperationException("wrong password"), Token));
    }

    private async Task<bool> AskAsync(JoinAttempts attempts, Exception fault)
    {
        var asked = attempts.ShouldRetryConnectionAttempt(fault, Token);
        _time.Advance(TimeSpan.FromSeconds(1));
        return await asked;
    }
}
