using CognitiveTools.Chat;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Thoughts;

/// <summary>The budget of thoughts is apart from that of the visible text: what the text leaves over does not prolong a thought.</summary>
public sealed class ThoughtLimitTests
{
    private const int Room = 300; // of the visible text
    private const int LongestMark = 3; // tokens of a mark that opens a thought

    private static readonly ChatMessage[] Question = [new(ChatRole.User, "17 * 23?")];

    public static TheoryData<string, string, string[], string[]> Families => ThoughtGenerationTests.Families;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Families))]
    public async Task A_chat_is_cut_in_a_thought_that_is_longer(string style, string marks, string[] special, string[] tokens)
    {
        using var model = ThoughtModels.Load(style, marks, special, tokens);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        var limit = LimitWithin(tokens);

        var cut = await client.GetResponseAsync(Question, Options(limit), Token);
        var none = await client.GetResponseAsync(Question, Options(0), Token);
        var whole = await client.GetResponseAsync(Question, Options(50), Token);

        Assert.Equal(("", ChatFinishReason.Length), (cut.Text, cut.FinishReason));
        Assert.Equal(limit, cut.Usage!.ReasoningTokenCount);
        Assert.Equal(("", ChatFinishReason.Length), (none.Text, none.FinishReason));
        Assert.InRange(none.Usage!.ReasoningTokenCount!.Value, 1, LongestMark); // that a thought begins is seen behind its mark
        Assert.Equal("ANSWER: 391", whole.Text.Trim());
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task A_continuation_is_cut_in_a_thought_that_is_longer(string style, string marks, string[] special, string[] tokens)
    {
        using var model = ThoughtModels.Load(style, marks, special, tokens);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        var prompt = model.Tokenizer.EncodeChat(Question);

        foreach (var limit in (int[])[LimitWithin(tokens), 0])
        {
            using var sequence = engine.Begin();
            await sequence.AppendAsync(prompt, Token);
            var said = await ((ILatentSequence)sequence).ContinueAsync(
                new() { MaxTokens = Room, Turn = new(prompt, []) { ThoughtTokens = limit } }, Token);
            Assert.Equal(("", GenerationEnd.TokenLimit), (said.Text, said.End));
            Assert.InRange(said.ThoughtTokens, Math.Max(1, limit), Math.Max(LongestMark, limit));
        }
    }

    [Fact]
    public async Task Thoughts_that_left_no_text_are_counted()
    {
        using var model = ThoughtModels.Load("until-answer", "", [], ["\n", "maybe ", "5. So\n", "ANSWER", ": 391"]);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        foreach (var stop in (string[])["ANSWER", ":", "A"])
        {
            var options = new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.None }, StopSequences = [stop] };
            var whole = await client.GetResponseAsync(Question, options, Token);
            var streamed = await client.GetStreamingResponseAsync(Question, options, Token).ToChatResponseAsync(Token);

            Assert.All((ChatResponse[])[whole, streamed], response => Assert.True(response.Usage!.ReasoningTokenCount > 0, stop));
            Assert.DoesNotContain(stop, whole.Text, StringComparison.Ordinal);
        }
    }

    private static int LimitWithin(string[] tokens) =>
        Array.FindIndex(tokens, static token => token.Contains("be ", StringComparison.Ordinal));

    private static ChatOptions Options(int limit) => new()
    {
        MaxOutputTokens = Room + limit,
        AdditionalProperties = new() { [ChatOptionKeys.AnswerTokens] = Room, [ChatOptionKeys.MostThoughtTokens] = limit },
    };
}
