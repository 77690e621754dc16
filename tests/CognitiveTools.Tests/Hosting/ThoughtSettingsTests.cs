using CognitiveTools.Calls;
using CognitiveTools.Chat;
using CognitiveTools.Hosting;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Tests.Hosting;

/// <summary>The settings think, thoughts and wait: how they reach the model, and who refuses them.</summary>
public sealed class ThoughtSettingsTests
{
    [Theory]
    [InlineData("think=off", ReasoningEffort.None, null, null, 2_048 + 64)]
    [InlineData("think=low", ReasoningEffort.Low, null, null, 2_048 + 16_384)]
    [InlineData("think=on", ReasoningEffort.Medium, null, null, 2_048 + 16_384)]
    [InlineData("think=medium", ReasoningEffort.Medium, null, null, 2_048 + 16_384)]
    [InlineData("think=high,thoughts=100", ReasoningEffort.High, 100, null, 2_048 + 164)]
    [InlineData("thoughts=0", null, 0, null, 2_048 + 64)]
    [InlineData("thoughts=50,wait=2", null, 50, 2, 2_048 + 114)]
    [InlineData("wait=2", null, null, 2, 2_048 + 16_384)]
    public async Task A_setting_travels_in_the_options_of_the_request(
        string settings, ReasoningEffort? effort, int? thoughts, int? waits, int tokens)
    {
        var client = new ScriptedChatClient("ANSWER: 4");

        await Make($"cot:{settings}", client, new(true) { Thinks = true, ThoughtBudgets = true })
            .SolveAsync(new("q", "2+2?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        var options = client.Requests[0].Options!;
        Assert.Equal(effort, options.Reasoning?.Effort);
        Assert.Equal(tokens, options.MaxOutputTokens);
        Assert.Equal(
            (thoughts, waits, 2_048),
            (Value(ChatOptionKeys.ThoughtTokens), Value(ChatOptionKeys.ThoughtWaits), Value(ChatOptionKeys.AnswerTokens)));

        int? Value(string key) => options.AdditionalProperties!.TryGetValue(key, out var value) ? (int?)value : null;
    }

    [Theory]
    [InlineData("cot")]
    [InlineData("cot:think=off")]
    public async Task Without_thinking_the_limit_is_that_of_the_answer(string arm)
    {
        var client = new ScriptedChatClient("ANSWER: 4");

        await Make(arm, client, ChatCapabilities.None)
            .SolveAsync(new("q", "2+2?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal(2_048, client.Requests[0].Options!.MaxOutputTokens);
        Assert.Null(client.Requests[0].Options!.AdditionalProperties);
    }

    [Theory]
    [InlineData("cot:think=on", "scripted does not think")]
    [InlineData("direct:think=off", "so think cannot be set")]
    [InlineData("tools:think=low,wait=1", "so think, wait cannot be set")]
    [InlineData("maj:k=2,of=cot,of.think=on", "scripted does not think")]
    public void A_model_that_does_not_think_is_named_in_the_refusal(string arm, string message)
    {
        var error = Assert.Throws<ModelCannotThinkException>(
            () => Make(arm, new ScriptedChatClient(), new(true) { Thinks = false, ThoughtBudgets = true }));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cot:think=low", "think=low")]
    [InlineData("tools:think=high", "think=high")]
    [InlineData("maj:k=2,of=cot,of.think=low", "think=low")]
    public void A_level_that_the_model_does_not_have_is_refused_before_it_runs(string arm, string setting)
    {
        var capabilities = new ChatCapabilities(true) { Thinks = true, ThoughtBudgets = true, ThinksInLevels = false };

        var error = Assert.Throws<ModelCannotThinkException>(() => Make(arm, new ScriptedChatClient(), capabilities));

        Assert.Contains($"so {setting} cannot be set. Use think=on or think=off", error.Message, StringComparison.Ordinal);
        foreach (var other in (string[])["on", "off", "medium"])
            Assert.NotNull(Make($"cot:think={other}", new ScriptedChatClient(), capabilities));
    }

    [Theory]
    [InlineData("cot", 7, 7)]
    [InlineData("cot", 0, 0)]
    [InlineData("cot:thoughts=7", 7, 71)] // the engine ends this thought, and its marks have room
    [InlineData("cot:thoughts=8", 7, 7)]
    public async Task The_budget_of_thoughts_is_a_limit_of_its_own(string arm, int budget, int most)
    {
        var client = new ScriptedChatClient("ANSWER: 4");

        await Make(arm, client, new(true) { Thinks = true, ThoughtBudgets = true }).SolveAsync(
            new("q", "2+2?"), new() { Budget = new() { ThoughtTokens = budget } }, TestContext.Current.CancellationToken);

        Assert.Equal(most, client.Requests[0].Options!.AdditionalProperties![ChatOptionKeys.MostThoughtTokens]);
        Assert.Equal(2_048 + most, client.Requests[0].Options!.MaxOutputTokens);
    }

    [Theory]
    [InlineData("cot:thoughts=5")]
    [InlineData("tools:wait=1")]
    public void A_client_that_cannot_end_a_thought_refuses_budgets(string arm)
    {
        var error = Assert.Throws<ArgumentException>(() => Make(arm, new ScriptedChatClient(), ChatCapabilities.None));
        Assert.Contains("only the local engine", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cot:think=off,wait=1", "so wait has no thought to prolong")]
    [InlineData("tools:think=off,thoughts=5", "so thoughts has no thought to end")]
    [InlineData("cot:think=off,thoughts=0", null)]
    public void Settings_that_contradict_each_other_are_refused(string arm, string? message)
    {
        var error = Record.Exception(
            () => Make(arm, new ScriptedChatClient(), new(true) { Thinks = true, ThoughtBudgets = true }));

        Assert.Equal(message is null, error is null);
        Assert.Contains(message ?? "", error?.Message ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("tools:style=native")]
    [InlineData("maj:k=2,of=tools")]
    public void Tools_are_refused_where_all_text_before_the_answer_is_thought(string arm)
    {
        var capabilities = new ChatCapabilities(true) { Thinks = true, ThoughtBudgets = true, ThinksUntilAnswer = true };

        var error = Assert.Throws<ArgumentException>(() => Make(arm, new ScriptedChatClient(), capabilities));

        Assert.Contains("ANSWER: is thought, so it can call no tool", error.Message, StringComparison.Ordinal);
        _ = Make("cot", new ScriptedChatClient(), capabilities);
    }

    [Theory]
    [InlineData("cot:think=much", "one of: off, on, low, medium, high")]
    [InlineData("cot:thoughts=-1", "a whole number from 0")]
    [InlineData("cot:wait=1000", "a whole number from 0 to 100")]
    public void A_wrong_value_is_refused_with_the_right_ones(string arm, string message)
    {
        var error = Assert.Throws<ArgumentException>(
            () => Make(arm, new ScriptedChatClient(), new(true) { Thinks = true, ThoughtBudgets = true }));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static IReasoner Make(string arm, IChatClient client, ChatCapabilities capabilities)
    {
        var services = new ServiceCollection();
        services.AddKeyedSingleton<IChatClient>(ServiceKeys.Verbal, new Capable(client, capabilities));
        services.AddSingleton<IAnswerReader, NoReader>().AddCognitiveTools();
        return services.BuildServiceProvider().GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse(arm));
    }

    private sealed class Capable(IChatClient inner, ChatCapabilities capabilities) : DelegatingChatClient(inner)
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatCapabilities) ? capabilities : base.GetService(serviceType, serviceKey);
    }

    private sealed class NoReader : IAnswerReader
    {
        public string? Read(string text) => null;

        public bool AreSame(string first, string second) => false;
    }
}
