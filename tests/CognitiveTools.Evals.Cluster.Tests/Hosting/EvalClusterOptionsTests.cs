using System.Net;
using CognitiveTools.Evals.Cluster.Hosting;

namespace CognitiveTools.Evals.Cluster.Tests.Hosting;

public sealed class EvalClusterOptionsTests
{
    private static readonly EvalClusterOptions Open =
        new() { Redis = "127.0.0.1:6379", Address = IPAddress.Parse("192.0.2.1"), Secret = "sixteen letters or more" };

    [Fact]
    public void Nothing_listens_beyond_loopback_unless_told()
    {
        Assert.True(IPAddress.IsLoopback(new EvalClusterOptions().Address));
        new EvalClusterOptions().Validate();
        Open.Validate();
        (Open with { Secret = null, Certificate = "members.pem" }).Validate();
    }

    [Fact]
    public void What_everybody_could_use_or_nobody_can_is_refused_with_the_remedy()
    {
        Assert.Contains("shared secret", Refused(Open with { Secret = null }), StringComparison.Ordinal);
        Assert.Contains("Redis", Refused(Open with { Redis = null }), StringComparison.Ordinal);
        Assert.Contains("network interface", Refused(Open with { Address = IPAddress.Any }), StringComparison.Ordinal);
        Assert.Contains("5 characters", Refused(Open with { Secret = "short" }), StringComparison.Ordinal);
        Assert.Contains("Redis", Refused(new EvalClusterOptions { IsSilo = false }), StringComparison.Ordinal);
        Assert.Contains("LeaseTime", Refused(new EvalClusterOptions { LeaseTime = TimeSpan.Zero }), StringComparison.Ordinal);
    }

    private static string Refused(EvalClusterOptions options) => Assert.ThrowsAny<ArgumentException>(options.Validate).Message;
}
