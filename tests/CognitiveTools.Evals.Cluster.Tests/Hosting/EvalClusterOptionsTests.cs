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

    [Fact]
    public void Members_meet_in_one_store_whose_address_can_be_read()
    {
        Assert.Contains("Postgres", Refused(Open with { Postgres = "127.0.0.1:5432/runs" }), StringComparison.Ordinal);
        Assert.Contains("HOST:PORT/DATABASE", Refused(Open with { Redis = null, Postgres = "127.0.0.1" }), StringComparison.Ordinal);
        (Open with { Redis = null, Postgres = "127.0.0.1:5432/runs" }).Validate();
    }

    [Fact]
    public void Options_in_a_log_show_no_password()
    {
        const string Password = "correct horse battery";
        var options = new EvalClusterOptions
        {
            Redis = $"127.0.0.1:6379,password={Password}",
            Postgres = $"Host=127.0.0.1;Database=runs;Password={Password}",
            Secret = Password,
        };

        Assert.DoesNotContain(Password, options.ToString(), StringComparison.Ordinal);
        Assert.Contains("Name = cogtools", options.ToString(), StringComparison.Ordinal);
    }

    private static string Refused(EvalClusterOptions options) => Assert.ThrowsAny<ArgumentException>(options.Validate).Message;
}
