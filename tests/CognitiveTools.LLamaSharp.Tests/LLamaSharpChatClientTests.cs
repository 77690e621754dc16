using CognitiveTools.Chat;
using CognitiveTools.Hosting;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.LLamaSharp.Chat;
using CognitiveTools.Reasoners;
using LLama;
using LLama.Abstractions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.LLamaSharp.Tests;

public sealed class LLamaSharpChatClientTests(MiniWeights mini)
{
    private const string Question = "Ann has 3 apples and buys 4 more. How many apples has Ann?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_carries_its_tokens_and_its_end_and_repeats()
    {
        using var client = mini.Client();
        var first = await client.GetResponseAsync(Ask(Question), null, Token);

        Assert.Equal(ChatFinishReason.Stop, first.FinishReason);
        Assert.True(first.Usage is { InputTokenCount: > 5, OutputTokenCount: > 2 });
        Assert.Equal(first.Text, (await client.GetResponseAsync(Ask(Question), null, Token)).Text);
    }

    [Fact]
    public async Task A_limit_of_tokens_is_a_cut_and_a_full_context_says_so()
    {
        using var client = mini.Client();
        var cut = await client.GetResponseAsync(Ask(Question), new() { MaxOutputTokens = 2 }, Token);
        Assert.Equal((ChatFinishReason.Length, 2L), (cut.FinishReason, cut.Usage!.OutputTokenCount));
        Assert.Null(cut.AdditionalProperties?.GetValueOrDefault(ChatOptionKeys.ContextFull));

        var full = await client.GetResponseAsync(Ask(string.Concat(Enumerable.Repeat(Question, 40))), null, Token);
        Assert.Equal((ChatFinishReason.Length, ""), (full.FinishReason, full.Text));
        Assert.Equal(true, full.AdditionalProperties?[ChatOptionKeys.ContextFull]);
    }

    [Fact]
    public async Task A_stop_sequence_ends_the_text_before_itself()
    {
        using var client = mini.Client();
        var whole = (await client.GetResponseAsync(Ask(Question), null, Token)).Text;
        var stop = whole[(whole.Length / 2)..][..2];

        var stopped = await client.GetResponseAsync(Ask(Question), new() { StopSequences = [stop] }, Token);

        Assert.Equal(whole[..whole.IndexOf(stop, StringComparison.Ordinal)], stopped.Text);
        Assert.Equal(ChatFinishReason.Stop, stopped.FinishReason);
    }

    [Fact]
    public async Task Calls_at_once_wait_for_each_other_and_see_nothing_of_each_other()
    {
        using var client = mini.Client();
        string[] questions = [Question, "What is 2 + 2?", "What is 9 - 4?"];
        var alone = new List<string>();
        foreach (var question in questions)
            alone.Add((await client.GetResponseAsync(Ask(question), null, Token)).Text);

        var together = await Task.WhenAll(questions.Select(question => client.GetResponseAsync(Ask(question), null, Token)));

        Assert.Equal(alone, together.Select(static response => response.Text));
    }

    [Fact]
    public async Task Options_that_an_executor_cannot_honour_are_refused_by_name()
    {
        using var client = mini.Client();
        await Refused(new() { Tools = [AIFunctionFactory.Create(static () => 1, "one")] }, nameof(ChatOptions.Tools));
        await Refused(new() { ResponseFormat = ChatResponseFormat.Json }, nameof(ChatOptions.ResponseFormat));
        await Refused(new() { FrequencyPenalty = 1 }, nameof(ChatOptions.FrequencyPenalty));
        await Refused(new() { ConversationId = "c" }, nameof(ChatOptions.ConversationId));
        await Refused(new() { Reasoning = new() { Effort = ReasoningEffort.Low } }, "setting think");
        foreach (var key in new[]
        {
            ChatOptionKeys.Grammar, ChatOptionKeys.GrammarTrigger, ChatOptionKeys.ThoughtTokens, ChatOptionKeys.ThoughtWaits,
            ChatOptionKeys.AnswerTokens, ChatOptionKeys.TemplateVariables,
        })
            await Refused(new() { AdditionalProperties = new() { [key] = "root ::= \"a\"" } }, key);

        async Task Refused(ChatOptions options, string name) =>
            Assert.Contains(
                name, (await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync(Ask("x"), options, Token))).Message,
                StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0f)]
    public async Task A_presence_penalty_gives_the_greedy_text_that_our_own_engine_gives(float? temperature)
    {
        var options = new ChatOptions { MaxOutputTokens = 40, Temperature = temperature, PresencePenalty = 2 };
        string[] questions = [Question, "Why?", "apples apples apples", "7 7 7 7", "Ann Ann has has"];
        using var client = mini.Client();
        using var model = LlamaModel.Load(new() { Path = HostProcess.Mini });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var own = new LlamaChatClient(engine);

        var changed = 0;
        foreach (var question in questions)
        {
            var penalized = (await client.GetResponseAsync(Ask(question), options, Token)).Text;
            Assert.Equal((await own.GetResponseAsync(Ask(question), options, Token)).Text, penalized);
            changed += (await client.GetResponseAsync(Ask(question), new() { MaxOutputTokens = 40 }, Token)).Text == penalized ? 0 : 1;
        }

        Assert.True(changed > 0, "the penalty changed no text");
    }

    [Fact]
    public async Task A_presence_penalty_changes_a_sampled_text_and_repeats()
    {
        using var client = mini.Client();
        var plain = await SampleAsync(0);
        var penalized = await SampleAsync(2);

        Assert.NotEqual(plain, penalized);
        Assert.Equal(penalized, await SampleAsync(2));
        Assert.Contains("-2 and 2", (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => SampleAsync(3))).Message,
            StringComparison.Ordinal);

        async Task<string> SampleAsync(float presence) => (await client.GetResponseAsync(
            Ask(Question), new() { MaxOutputTokens = 40, Temperature = 1, Seed = 3, PresencePenalty = presence }, Token)).Text;
    }

    [Fact]
    public async Task A_value_of_the_wrong_type_is_an_error_and_is_not_ignored()
    {
        using var client = mini.Client();
        var options = new ChatOptions { Temperature = 1, AdditionalProperties = new() { [ChatOptionKeys.MinP] = "much" } };
        var error = await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync(Ask("x"), options, Token));
        Assert.Contains(ChatOptionKeys.MinP, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_executor_that_remembers_is_refused()
    {
        using var context = mini.Weights.CreateContext(MiniWeights.Parameters());
        var error = Assert.Throws<NotSupportedException>(
            () => new LLamaSharpChatClient(new InteractiveExecutor(context), mini.Weights, MiniWeights.Parameters()));
        Assert.Contains("StatelessExecutor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_special_token_in_a_message_stays_text()
    {
        var special = mini.Weights.Vocab.LLamaTokenToString(mini.Weights.Vocab.EOS, isSpecialToken: true)!;
        using var client = mini.Client();
        var plain = await client.GetResponseAsync(Ask("a"), new() { MaxOutputTokens = 1 }, Token);
        var hostile = await client.GetResponseAsync(Ask("a" + special), new() { MaxOutputTokens = 1 }, Token);

        Assert.True(hostile.Usage!.InputTokenCount > plain.Usage!.InputTokenCount + 1, "the text was read as one token");
    }

    [Fact]
    public async Task Reasoners_solve_on_the_executor_of_an_app()
    {
        var services = new ServiceCollection();
        services.AddSingleton(mini.Weights);
        services.AddSingleton<IContextParams>(MiniWeights.Parameters(512));
        services.AddSingleton<ILLamaExecutor>(new StatelessExecutor(mini.Weights, MiniWeights.Parameters(512)));
        services.AddCognitiveTools(static options => options.Profile = "mini");
        services.AddLLamaSharpClient();
        await using var provider = services.BuildServiceProvider();

        var reasoning = await provider.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("cot"))
            .SolveAsync(new Question("q", Question), SolveOptions.Default, Token);

        Assert.Equal(StopReason.Completed, reasoning.Stop);
        Assert.Contains("ANSWER:", reasoning.Steps.OfType<Said>().Last().Text, StringComparison.Ordinal);
        Assert.True(reasoning.Usage.Generated > 0);
    }

    private static ChatMessage[] Ask(string question) => [new(ChatRole.System, "cot"), new(ChatRole.User, question)];
}
