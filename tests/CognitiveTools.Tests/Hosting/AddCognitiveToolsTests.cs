using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using CognitiveTools.Tools;
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
    [InlineData("tools")]
    [InlineData("tools:tools=understand_question+examine_answer,style=python,bind=model,calls=3,profile=default")]
    [InlineData("maj:k=1,of=tools,of.style=python")]
    public async Task A_registered_model_answers_through_the_catalog(string arm)
    {
        using var host = Host(services =>
        {
            services.AddKeyedSingleton<IChatClient>("verbal", new ScriptedChatClient("ANSWER: 4"));
            services.AddSingleton<IAnswerReader>(new Reasoners.MajorityVoteTests.LastWord());
        });

        var reasoning = await host.Services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse(arm))
            .SolveAsync(new Question("q", "2+2?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal("ANSWER: 4", reasoning.Answer);
    }

    [Theory]
    [InlineData("cot:profil=default", "'profil'")]
    [InlineData("cot/zeroed", "no control 'zeroed'")]
    [InlineData("cot:profile=nope", "no prompt profile 'nope'")]
    [InlineData("tool", "no reasoner 'tool'")]
    [InlineData("tools:tools=calculator", "no tool 'calculator'")]
    [InlineData("tools:style=xml", "json, python")]
    [InlineData("tools:tool=x", "has no setting 'tool'")]
    [InlineData("maj:of=maj", "a vote over votes")]
    public void A_wrong_arm_is_refused_by_name(string arm, string expected)
    {
        using var host = Host(services => services.AddKeyedSingleton<IChatClient>("verbal", new ScriptedChatClient()));
        var catalog = host.Services.GetRequiredService<ReasonerCatalog>();
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => catalog.Create(ReasonerSpec.Parse(arm))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_verbal_model_the_catalog_opens_and_the_reasoner_says_what_is_missing()
    {
        using var host = Host(_ => { });
        var catalog = host.Services.GetRequiredService<ReasonerCatalog>();
        Assert.Contains("\"verbal\"", Assert.Throws<InvalidOperationException>(() => catalog.Create(ReasonerSpec.Parse("cot"))).Message,
            StringComparison.Ordinal);
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
    public void A_tools_folder_adds_a_tool_with_its_prompt()
    {
        using var folder = new TemporaryFolder();
        folder.Write("summarise.yaml",
            "name: summarise\ndescription: Sums up.\nprompt: summarise\nparameters:\n  text:\n    description: The text.\n");
        folder.Write("summarise.md", "<<system>>\nSum up.\n<<user>>\n{{text}}");
        using var host = Host(services => services.AddKeyedSingleton<IChatClient>("verbal", new ScriptedChatClient()),
            ("CognitiveTools:ToolsFolder", folder.Path));
        Assert.NotNull(host.Services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("tools:tools=summarise")));
        Assert.Equal(5, host.Services.GetRequiredService<ToolCatalog>().Tools.Count);
    }

    [Fact]
    public async Task A_tool_without_its_prompt_stops_the_host_at_its_start()
    {
        using var folder = new TemporaryFolder();
        folder.Write("summarise.yaml",
            "name: summarise\ndescription: Sums up.\nprompt: summarise\nparameters:\n  text:\n    description: The text.\n");
        folder.Write("other.md", "<<user>>\nx");
        using var host = Host(_ => { }, ("CognitiveTools:ToolsFolder", folder.Path));
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("CognitiveTools:ToolsFolder: Tool 'summarise' needs the prompt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_the_toolkit_twice_registers_it_once()
    {
        using var host = Host(services => services.AddCognitiveTools(o => o.Profile = "default"));
        Assert.Equal(host.Services.GetServices<IReasonerFactory>().Count(),
            host.Services.GetRequiredService<ReasonerCatalog>().Factories.Count);
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
