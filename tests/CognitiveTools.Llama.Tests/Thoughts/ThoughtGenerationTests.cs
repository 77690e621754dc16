using CognitiveTools.Chat;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Thoughts;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Thoughts;

/// <summary>The engine tells thoughts from the answer while it generates, ends them at a budget and prolongs them.</summary>
public sealed class ThoughtGenerationTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "17 * 23?")];

    private static readonly string[] ThinkTokens = ["<think>", "</think>"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string[], string[]> Families
    {
        get
        {
            var families = new TheoryData<string, string, string[], string[]>();
            foreach (var row in ThoughtModels.Families)
            {
                var (style, marks, special, tokens) = row.Data;
                // The scripted model cannot write a token twice, so the answer stands in a message without a channel.
                families.Add(style, marks, special, style != "channels" ? tokens
                    : [.. tokens.Where((token, i) => token is not "final" && Array.IndexOf(tokens, token) == i)]);
            }

            return families;
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Every_family_gives_thoughts_and_answer_streamed_and_whole(
        string style, string marks, string[] special, string[] tokens)
    {
        using var model = ThoughtModels.Load(style, marks, special, tokens);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);

        var whole = await client.GetResponseAsync(Question, cancellationToken: Token);
        var streamed = await client.GetStreamingResponseAsync(Question, cancellationToken: Token).ToChatResponseAsync(Token);

        foreach (var response in (ChatResponse[])[whole, streamed])
        {
            Assert.Equal("ANSWER: 391", response.Text.Trim());
            Assert.StartsWith("maybe ", ThoughtsOf(response), StringComparison.Ordinal);
            Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
            Assert.InRange(response.Usage!.ReasoningTokenCount!.Value, 2, response.Usage.OutputTokenCount!.Value - 1);
        }

        Assert.Equal(ThoughtsOf(whole), ThoughtsOf(streamed));
        Assert.True(ChatCapabilities.Of(client).Thinks);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task A_limit_within_the_thought_leaves_no_visible_text(string style, string marks, string[] special, string[] tokens)
    {
        using var model = ThoughtModels.Load(style, marks, special, tokens);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        var limit = Array.FindIndex(tokens, static token => token.Contains("be ", StringComparison.Ordinal)) + 1;

        var response = await client.GetResponseAsync(Question, new() { MaxOutputTokens = limit }, Token);

        Assert.Equal(("", ChatFinishReason.Length), (response.Text, response.FinishReason));
        Assert.StartsWith("maybe ", ThoughtsOf(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<think>")] // the prompt opens the thought
    [InlineData("!")] // the model does
    public async Task At_its_budget_the_thought_is_ended_and_the_answer_follows(string end)
    {
        using var model = ThoughtModels.Load("think", "<think> </think>", ThinkTokens,
            ["!", "<think>", "one ", "two ", "three ", "one "], ["\n", "ANSWER: 391"]);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        int[] prompt = [.. Begin(model), .. model.Tokenizer.Encode(end, addSpecial: false, parseSpecial: true)];

        var free = await GenerateAsync(engine, prompt, new(), 40);
        Assert.Equal(("", 40), (free.Text, free.ThoughtTokens));

        foreach (var budget in (int[])[1, 2, 7])
        {
            var ended = await GenerateAsync(engine, prompt, new() { Tokens = budget }, 40);
            Assert.Equal("ANSWER: 391", ended.Text);
            Assert.Equal(budget, ended.Tokens.TakeWhile(token => token != model.Tokenizer.Encode("\n")[0]).Count());
            Assert.Equal(budget + 2, ended.ThoughtTokens); // a line break and the mark
        }

        Assert.Equal("ANSWER: 391", (await GenerateAsync(engine, prompt, new() { Effort = ReasoningEffort.None }, 40)).Text);
        Assert.Equal("ANSWER: 391", (await GenerateAsync(engine, prompt, new() { Tokens = 0 }, 40)).Text);
    }

    [Fact]
    public async Task Wait_replaces_the_end_of_the_thought_as_often_as_was_asked()
    {
        using var model = ThoughtModels.Load("think", "<think> </think>", ThinkTokens,
            ["\n", "<think>", "first", "</think>", "ANSWER: 391"], ["t", "again", "</think>"]);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });

        foreach (var (waits, thoughts) in new[] { (0, "first"), (1, "firstWaitagain"), (3, "firstWaitagainWaitagainWaitagain") })
        {
            var result = await GenerateAsync(engine, Begin(model), new() { Waits = waits });
            Assert.Equal(thoughts, string.Concat(result.Parts.Where(static part => part.IsThought).Select(static part => part.Text)));
            Assert.Equal("ANSWER: 391", result.Text);
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Every_family_can_be_made_to_wait(string style, string marks, string[] special, string[] tokens)
    {
        var end = tokens[Array.FindIndex(tokens, static token => token.StartsWith("ANSWER", StringComparison.Ordinal))
            + (style == "until-answer" ? 0 : 1)];
        using var model = ThoughtModels.Load(style, marks, special, tokens, ["t", end]); // behind "Wait" the thought ends again
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);

        var free = await client.GetResponseAsync(Question, cancellationToken: Token);
        foreach (var waits in (int[])[1, 3])
        {
            var options = new ChatOptions { AdditionalProperties = new() { [ChatOptionKeys.ThoughtWaits] = waits } };
            var whole = await client.GetResponseAsync(Question, options, Token);
            var streamed = await client.GetStreamingResponseAsync(Question, options, Token).ToChatResponseAsync(Token);

            Assert.Equal(ThoughtsOf(free).TrimEnd() + string.Concat(Enumerable.Repeat("Wait", waits)), ThoughtsOf(whole));
            Assert.Equal(free.Text, whole.Text);
            Assert.Equal((ThoughtsOf(whole), whole.Text), (ThoughtsOf(streamed), streamed.Text));
            // What was taken back was generated, too.
            Assert.Equal(Visible(free), Visible(whole));
            Assert.True(whole.Usage!.ReasoningTokenCount >= free.Usage!.ReasoningTokenCount + (4 * waits));
        }

        static long? Visible(ChatResponse response) => response.Usage!.OutputTokenCount - response.Usage.ReasoningTokenCount;
    }

    [Fact]
    public async Task A_token_that_a_mark_begins_in_is_written_again_without_it()
    {
        using var model = ThoughtModels.Load("think", "<think> </think>", [],
            ["\n", "<think>", "é so </", "think>", "ANSWER: 391"], ["t", "</think>", "ANSWER: 391"]);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });

        var result = await GenerateAsync(engine, Begin(model), new() { Waits = 1 });

        Assert.Equal("é so Wait", string.Concat(result.Parts.Where(static part => part.IsThought).Select(static part => part.Text)));
        Assert.Equal(("ANSWER: 391", 2), (result.Text, result.TakenBack));
        var text = model.Tokenizer.Decode(result.Tokens);
        Assert.Equal("<think>é so Wait</think>ANSWER: 391", text);
    }

    [Fact]
    public async Task A_turn_that_ends_behind_its_closing_mark_waits_too()
    {
        // "</think>" may go on as "</think><response>", so it closes the thought only when something else follows.
        using var model = ThoughtModels.Load("granite", "<think> <response> </response>", [],
            ["\n", "<think>", "one", "</think>"], ["t", "two", "<response>", "ANSWER: 391"]);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });

        var result = await GenerateAsync(engine, Begin(model), new() { Waits = 1 });

        Assert.Equal("oneWaittwo", string.Concat(result.Parts.Where(static part => part.IsThought).Select(static part => part.Text)));
        Assert.Equal("ANSWER: 391", result.Text);
    }

    [Theory]
    [InlineData(4)] // within the mark that would have been taken back
    [InlineData(6)] // within "Wait"
    public async Task Waiting_ends_at_the_limits_of_tokens(int limit)
    {
        using var model = ThoughtModels.Load("think", "<think> </think>", [],
            ["\n", "<think>", "one ", "</", "think>", "ANSWER: 391"], ["t", "one "]);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });

        var cut = await GenerateAsync(engine, Begin(model), new() { Waits = 50 }, limit);
        Assert.Equal((limit, ""), (cut.Tokens.Count + cut.TakenBack, cut.Text));
        Assert.Equal(limit, cut.ThoughtTokens);
    }

    [Fact]
    public async Task The_answer_has_a_limit_of_its_own_and_stop_sequences_mean_nothing_in_thoughts()
    {
        using var model = ThoughtModels.Load("think", "<think> </think>", ThinkTokens,
            ["\n", "<think>", "a STOP ", "b ", "c ", "</think>", "1 ", "2 ", "3 ", "STOP", "4 "]);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });

        var limited = await GenerateAsync(engine, Begin(model), new() { AnswerTokens = 2 });
        Assert.Equal(("1 2 ", 5), (limited.Text, limited.ThoughtTokens));

        var stopped = await engine.GenerateAsync(
            Begin(model), new() { Thinking = new(), StopSequences = ["STOP"], MaxTokens = 50 }, Token);
        Assert.Equal("1 2 3 ", stopped.Text);
        Assert.Equal("a STOP b c ", stopped.Parts[0].Text);
    }

    [Fact]
    public async Task A_grammar_binds_the_answer_and_not_the_thought()
    {
        using var model = ThoughtModels.Load("think", "<think> </think>", ThinkTokens,
            ["\n", "<think>", "free ", "words ", "</think>", "Sure: "]);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });

        var result = await engine.GenerateAsync(
            Begin(model), new() { Thinking = new(), MaxTokens = 50, Sampling = new() { Grammar = "root ::= \"{\" [0-9] \"}\"" } }, Token);

        Assert.Equal("free words ", result.Parts[0].Text);
        Assert.Matches("^\\{[0-9]\\}$", result.Text);
    }

    private static int[] Begin(LlamaModel model) => model.Tokenizer.EncodeChat(Question);

    private static Task<Generation> GenerateAsync(
        LlamaEngine engine, int[] prompt, ThoughtRequest request, int tokens = 400) =>
        engine.GenerateAsync(prompt, new() { Thinking = request, MaxTokens = tokens }, Token);

    private static string ThoughtsOf(ChatResponse response) =>
        string.Concat(response.Messages.SelectMany(static m => m.Contents).OfType<TextReasoningContent>().Select(static c => c.Text));
}
