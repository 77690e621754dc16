using CognitiveTools.Cli.Hosting;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Tests;

/// <summary>The table of <c>cogtools reasoners</c> lists the settings that are read, no more and no fewer.</summary>
public sealed class ReasonerSettingsTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private const string Unknown = "no-such-setting";

    [Theory]
    [InlineData("mini", "direct")]
    [InlineData("mini", "cot")]
    [InlineData("mini", "cognitive")]
    [InlineData("mini", "tools")]
    [InlineData("mini", "pause")]
    [InlineData("mini", "cot-decoding")]
    [InlineData("recurrent", "recurrent")]
    [InlineData("mini", "latent:align=ridge", "latent:rule=soft,noise=gaussian,width=2", "latent:rule=soft,noise=gumbel",
        "latent:rule=soft,noise=dirichlet", "latent:rule=switching,think=.,endthink=.")]
    public async Task A_kind_lists_the_settings_that_it_reads(string model, params string[] specs)
    {
        await using var host = ModelHost.Create(new ModelChoice { Reference = model, Threads = 1 });
        var catalog = host.Services.GetRequiredService<ReasonerCatalog>();

        var read = specs.SelectMany(spec => Read(catalog, spec)).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(read.Order(StringComparer.Ordinal), Listed(catalog, ReasonerSpec.Parse(specs[0]).Kind));
    }

    [Fact]
    public async Task Steering_lists_the_settings_that_it_reads()
    {
        var (pairs, vector) = (files.PathOf("pairs.jsonl"), files.PathOf("vector.gguf"));
        await File.WriteAllTextAsync(pairs, """{"positive":"yes","negative":"no"}""" + "\n", TestContext.Current.CancellationToken);
        await CommandRun.OfAsync("models", "steer", "-m", files.Model, "--pairs", pairs, "--out", vector);
        await using var host = ModelHost.Create(new ModelChoice { Reference = files.Model, Threads = 1 });
        var catalog = host.Services.GetRequiredService<ReasonerCatalog>();

        Assert.Equal(Read(catalog, $"steer:vector={vector}").Order(StringComparer.Ordinal), Listed(catalog, "steer"));
    }

    private static IEnumerable<string> Listed(ReasonerCatalog catalog, string kind) =>
        catalog.Factories.Single(factory => factory.Kind == kind).Settings.Select(static setting => setting.Name)
            .Where(static name => !name.StartsWith('/')).Order(StringComparer.Ordinal);

    // The refusal of an unknown setting names those that were asked for.
    private static string[] Read(ReasonerCatalog catalog, string spec)
    {
        var separator = spec.Contains(':', StringComparison.Ordinal) ? ',' : ':';
        var refusal = Assert.ThrowsAny<ArgumentException>(
            () => catalog.Create(ReasonerSpec.Parse($"{spec}{separator}{Unknown}=1"))).Message;
        Assert.Contains(Unknown, refusal, StringComparison.Ordinal);
        var (from, to) = (refusal.IndexOf("it takes: ", StringComparison.Ordinal) + "it takes: ".Length, refusal.LastIndexOf('.'));
        return refusal[from..to].Split(", ");
    }
}
