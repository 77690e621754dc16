using CognitiveTools.Latents;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Steering;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Thoughts;

/// <summary>The text behind latent steps and of a steered model: its thoughts are told from the answer as those of a chat.</summary>
public sealed class ContinuationThoughtsTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "17 * 23?")];

    public static TheoryData<string, string, string[], string[]> Families => ThoughtGenerationTests.Families;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Every_family_is_told_apart_as_in_a_chat(string style, string marks, string[] special, string[] tokens)
    {
        using var model = ThoughtModels.Load(style, marks, special, tokens);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        var chat = await client.GetResponseAsync(Question, cancellationToken: Token);
        var prompt = model.Tokenizer.EncodeChat(Question);
        var heard = new Pieces();
        var options = new ContinuationOptions { MaxTokens = 50, Turn = new(prompt, []), TextObserver = heard };

        await using var sequence = (ILatentSequence)engine.Begin();
        await sequence.AppendAsync(prompt, Token);
        var alone = await sequence.ContinueAsync(options, Token);
        using var second = engine.Begin();
        await second.AppendAsync(prompt, Token);
        var inGroup = (await GroupStep.RunAsync(engine, [SequenceStep.Continue(second, options, Token)]))[0].Continuation;
        var steered = (await new LlamaSteerableModel(engine).GenerateAsync(prompt, options, plan: null, Token)).Continuation;

        foreach (var said in (Continuation[])[alone, inGroup, steered])
        {
            Assert.Equal("ANSWER: 391", said.Text.Trim());
            Assert.StartsWith("maybe ", said.Thoughts, StringComparison.Ordinal);
            Assert.Equal(chat.Usage!.ReasoningTokenCount, said.ThoughtTokens);
            Assert.Equal(chat.Usage.OutputTokenCount, said.Tokens.Count);
        }

        Assert.Equal(string.Concat(Enumerable.Repeat(alone.Thoughts, 3)), heard.Of(isThought: true));
        Assert.Equal(string.Concat(Enumerable.Repeat(alone.Text, 3)), heard.Of(isThought: false));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task A_turn_in_pieces_is_read_as_the_whole(string style, string marks, string[] special, string[] tokens)
    {
        using var model = ThoughtModels.Load(style, marks, special, tokens);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        var prompt = model.Tokenizer.EncodeChat(Question);
        using var whole = engine.Begin();
        await whole.AppendAsync(prompt, Token);
        var said = await ((ILatentSequence)whole).ContinueAsync(new() { MaxTokens = 50, Turn = new(prompt, []) }, Token);

        for (var cut = 0; cut <= said.Tokens.Count; cut++)
        {
            var turn = new TurnSoFar(prompt, [.. said.Tokens.Take(cut).Select(TurnToken.Said)]);
            var begun = engine.Thoughts.Separate(turn, isEnd: cut == said.Tokens.Count)!;
            if (cut == said.Tokens.Count)
            {
                Assert.Equal((said.Text, said.Thoughts, said.ThoughtTokens), (begun.Text, begun.Thoughts, begun.ThoughtTokens));
                continue;
            }

            using var sequence = engine.Begin();
            await sequence.AppendAsync((int[])[.. prompt, .. said.Tokens.Take(cut)], Token);
            var rest = await ((ILatentSequence)sequence).ContinueAsync(new() { MaxTokens = 50, Turn = turn }, Token);
            Assert.Equal((said.Text, said.Thoughts), (begun.Text + rest.Text, begun.Thoughts + rest.Thoughts));
        }
    }

    [Fact]
    public async Task Thoughts_have_room_beside_the_visible_text()
    {
        using var model = ThoughtModels.Load("think", "<think> </think>", ["<think>", "</think>"],
            ["\n", "<think>", "a ", "b ", "c ", "</think>", "1 ", "2 ", "3 "]);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        var prompt = model.Tokenizer.EncodeChat(Question);

        foreach (var (room, text, end) in new[] { (5, "1 2 ", GenerationEnd.TokenLimit), (2, "", GenerationEnd.TokenLimit) })
        {
            using var sequence = engine.Begin();
            await sequence.AppendAsync(prompt, Token);
            var said = await ((ILatentSequence)sequence).ContinueAsync(
                new() { MaxTokens = 2, Turn = new(prompt, []) { ThoughtTokens = room } }, Token);
            Assert.Equal((text, end), (said.Text, said.End));
        }
    }

    [Fact]
    public async Task A_latent_step_opens_and_closes_thoughts_without_a_text_of_its_own()
    {
        using var model = ThoughtModels.Load(
            "think", "<think> </think>", ["<think>", "</think>"], ["maybe "], ["</think>"], ["<think>"], ["so "]);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var latent = await LlamaLatentModel.CreateAsync(engine, Token);

        Assert.Equal(("so ", "maybe "), Read(["<think>"], "maybe ", ["</think>"], "so "));
        Assert.Equal(("so ", "maybe "), Read([], "maybe ", ["</think>"], "so ")); // nothing opened it, and it is closed
        Assert.Equal(("maybe so ", ""), Read([], "maybe ", [], "so "));
        Assert.Equal(("", "maybe so "), Read(["<think>"], "maybe ", [], "so "));

        (string, string) Read(string[] before, string first, string[] between, string second)
        {
            TurnToken[] turn =
            [
                .. before.Select(Unsaid), TurnToken.Said(Id(first)), .. between.Select(Unsaid), TurnToken.Said(Id(second)),
            ];
            var said = ((ILatentModel)latent).Separate(new(model.Tokenizer.EncodeChat(Question), turn), isEnd: true)!;
            return (said.Text, said.Thoughts);
        }

        TurnToken Unsaid(string text) => TurnToken.Unsaid(Id(text));
        int Id(string text) => model.Tokenizer.Find(text)!.Value;
    }

    [Fact]
    public async Task A_continuation_without_its_turn_is_visible_text()
    {
        using var model = ThoughtModels.Load("think", "<think> </think>", ["+<think>", "+</think>"], ["\n", "<think>", "so"]);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var sequence = engine.Begin();
        await sequence.AppendAsync(model.Tokenizer.EncodeChat(Question), Token);

        var said = await ((ILatentSequence)sequence).ContinueAsync(new() { MaxTokens = 50 }, Token);

        Assert.Equal(("", 0), (said.Thoughts, said.ThoughtTokens));
        Assert.Contains("so", said.Text, StringComparison.Ordinal);
    }

    private sealed class Pieces : IProgress<ContinuationPiece>
    {
        private readonly List<ContinuationPiece> _all = [];

        public string Of(bool isThought)
        {
            lock (_all)
                return string.Concat(_all.Where(piece => piece.IsThought == isThought).Select(static piece => piece.Text));
        }

        public void Report(ContinuationPiece value)
        {
            lock (_all)
                _all.Add(value);
        }
    }
}
