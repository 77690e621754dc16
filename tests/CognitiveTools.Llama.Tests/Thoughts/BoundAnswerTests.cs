using CognitiveTools.Chat;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Thoughts;

/// <summary>A grammar binds all of the visible text of a model that thinks: there is one, and nothing stands before it.</summary>
public sealed class BoundAnswerTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "17 * 23?")];

    public static TheoryData<string, string, string[], string[]> Families => ThoughtGenerationTests.Families;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Families))]
    public Task The_visible_text_is_what_the_grammar_says(string style, string marks, string[] special, string[] tokens) =>
        AskAsync(style, marks, special, tokens);

    [Theory]
    [MemberData(nameof(Families))]
    public Task A_turn_that_would_end_within_its_thought_is_answered(string style, string marks, string[] special, string[] tokens)
    {
        var end = Array.FindIndex(tokens, static token => token.EndsWith("be ", StringComparison.Ordinal)) + 1;
        return AskAsync(style, marks, special, tokens[..end]);
    }

    [Fact]
    public async Task A_grammar_from_a_trigger_on_leaves_the_turn_as_it_is()
    {
        using var model = ThoughtModels.Load("until-answer", "", [], ["\n", "maybe ", "5. So\n", "ANSWER", ": 391"]);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);

        var response = await client.GetResponseAsync(Question, Options(trigger: "{"), Token);

        Assert.Equal("ANSWER: 391", response.Text.Trim());
    }

    private static async Task AskAsync(string style, string marks, string[] special, string[] tokens)
    {
        using var model = ThoughtModels.Load(style, marks, special, tokens);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);

        var whole = await client.GetResponseAsync(Question, Options(), Token);
        var streamed = await client.GetStreamingResponseAsync(Question, Options(), Token).ToChatResponseAsync(Token);

        foreach (var response in (ChatResponse[])[whole, streamed])
        {
            Assert.Matches("^\\{[0-9]\\}$", response.Text);
            Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
            var thoughts = response.Messages.SelectMany(static m => m.Contents).OfType<TextReasoningContent>();
            var begins = special.Length > 0 || style == "until-answer" ? "maybe " : ""; // the grammar forbids a mark in plain text
            Assert.StartsWith(begins, string.Concat(thoughts.Select(static c => c.Text)), StringComparison.Ordinal);
        }
    }

    private static ChatOptions Options(string? trigger = null)
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = 100,
            AdditionalProperties = new() { [ChatOptionKeys.Grammar] = "root ::= \"{\" [0-9] \"}\"" },
        };
        if (trigger is not null)
            options.AdditionalProperties[ChatOptionKeys.GrammarTrigger] = trigger;
        return options;
    }
}
