using System.IO.Pipelines;
using CognitiveTools.Evals.Cluster.Hosting;
using Microsoft.AspNetCore.Connections;

namespace CognitiveTools.Evals.Cluster.Tests.Hosting;

public sealed class SecretHandshakeTests
{
    private const string Secret = "sixteen letters or more";

    [Fact]
    public async Task Two_sides_with_one_secret_open_the_connection_and_leave_what_follows()
    {
        var (opening, accepting) = Ends();

        await Task.WhenAll(
            new SecretHandshake(Secret).ShakeAsync(opening, opens: true), new SecretHandshake(Secret).ShakeAsync(accepting, opens: false));

        await opening.Output.WriteAsync("after"u8.ToArray(), TestContext.Current.CancellationToken);
        var read = await accepting.Input.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal("after"u8.ToArray(), read.Buffer.FirstSpan.ToArray());
    }

    [Fact]
    public async Task Sides_with_different_secrets_both_refuse()
    {
        var (opening, accepting) = Ends();
        var one = new SecretHandshake(Secret).ShakeAsync(opening, opens: true);
        var other = new SecretHandshake(Secret + ".").ShakeAsync(accepting, opens: false);

        await Assert.ThrowsAsync<ConnectionAbortedException>(() => one);
        await Assert.ThrowsAsync<ConnectionAbortedException>(() => other);
    }

    [Fact]
    public async Task A_side_that_sends_back_what_it_got_is_refused()
    {
        var (opening, echo) = Ends();
        var shaking = new SecretHandshake(Secret).ShakeAsync(opening, opens: true);
        for (var i = 0; i < 2; i++)
        {
            var read = await echo.Input.ReadAtLeastAsync(32, TestContext.Current.CancellationToken);
            await echo.Output.WriteAsync(read.Buffer.First, TestContext.Current.CancellationToken);
            echo.Input.AdvanceTo(read.Buffer.End);
        }

        await Assert.ThrowsAsync<ConnectionAbortedException>(() => shaking);
    }

    [Fact]
    public async Task A_side_that_leaves_early_is_refused()
    {
        var (opening, other) = Ends();
        var shaking = new SecretHandshake(Secret).ShakeAsync(opening, opens: true);
        await other.Output.WriteAsync(new byte[10], TestContext.Current.CancellationToken);
        await other.Output.CompleteAsync();

        await Assert.ThrowsAsync<ConnectionAbortedException>(() => shaking);
    }

    private static (IDuplexPipe Opening, IDuplexPipe Accepting) Ends()
    {
        var (there, back) = (new Pipe(), new Pipe());
        return (new End(back.Reader, there.Writer), new End(there.Reader, back.Writer));
    }

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
