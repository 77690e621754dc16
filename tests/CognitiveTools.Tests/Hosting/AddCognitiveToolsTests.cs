using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Tests.Hosting;

public sealed class AddCognitiveToolsTests
{
    [Theory]
    [InlineData("direct")]
    [InlineData("cot")]
    [InlineData("cot:profile=default")]
    public async Task A_registered_model_answers_through_the_catalog(string arm)
    {
        using var host = Host(services => services.AddKeyedSingleton<IChatClient>("verbal", new ScriptedChatClient("ANSWER: 4")));

        var reasoning = await host.Services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse(arm))
            .SolveAsync(new Question("q", "2+2?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal("ANSWER: 4", reasoning.Answer);
    }

    [Theory]
    [InlineData("cot:profil=default", "'profil'")]
    [InlineData("cot/zeroed", "no control 'zeroed'")]
    [InlineData("cot:profile=nope", "no prompt profile 'nope'")]
    [InlineData("tool", "no reasoner 'tool'")]
    public void A_wrong_arm_is_refused_by_name(string arm, string expected)
    {
        using var host = Host(services => services.AddKeyedSingleton<IChatClient>("verbal", new ScriptedChatClient()));
        var catalog = host.Services.GetRequiredService<ReasonerCatalog>();
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => catalog.Create(ReasonerSpec.Parse(arm))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_verbal_model_the_catalog_opens_and_the_reasoner_says_what_is_missing()
    {
        using var host = Host(_ => { });
        var catalog = host.Services.GetRequiredService<ReasonerCatalog>();
        Assert.Contains("\"verbal\"", Assert.Throws<InvalidOperationException>(() => catalog.Create(ReasonerSpec.Parse("cot"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_stops_the_host_at_its_start_and_names_the_key()
    {
        using var host = Host(_ => { }, ("CognitiveTools:Profile", "nope"));
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("CognitiveTools:Profile", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_from_the_configuration_replaces_the_embedded_prompts()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cot.md", "<<user>>\n{{question}} (mine)");
        using var host = Host(_ => { }, ("CognitiveTools:PromptsFolder", folder.Path));
        Assert.Equal(["cot"], host.Services.GetRequiredService<PromptProfile>().Prompts);
    }

    [Fact]
    public void Adding_the_toolkit_twice_registers_it_once()
    {
        using var host = Host(services => services.AddCognitiveTools(o => o.Profile = "default"));
        Assert.Equal(host.Services.GetServices<IReasonerFactory>().Count(), host.Services.GetRequiredService<ReasonerCatalog>().Factories.Count);
    }

    private static IHost Host(Action<IServiceCollection> configure, params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Services.AddCognitiveTools();
        configure(builder.Services);
        return builder.Build();
    }
}
