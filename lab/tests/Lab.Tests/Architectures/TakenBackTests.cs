using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Sampling;
using CognitiveTools.Llama.Thoughts;

namespace CognitiveTools.Lab.Tests.Architectures;

/// <summary>"Wait" in the place of a closing mark in plain text, whose tokens the cache holds already.</summary>
public sealed class TakenBackTests : IDisposable
{
    private const int Length = 24;

    private readonly Llama.Tests.TemporaryFolder _folder = new();

    /// <summary>One of each kind of memory; the mark begins with a token, or within one.</summary>
    public static TheoryData<string, bool> Kinds => new(
        from name in (string[])["llama", "gemma4", "mamba2", "qwen35", "falcon-h1"]
        from isWithin in (bool[])[false, true]
        select (name, isWithin));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_text_behind_it_is_that_of_a_separate_run(string name, bool isWithin)
    {
        using var model = LlamaModel.Load(new() { Path = Toys.Write(name, _folder.Path) });
        var (prompt, free, at) = await FindMarkAsync(model);
        var (first, second) = (Text(model, free[at]), Text(model, free[at + 1]));
        var kept = isWithin ? first[..^1] : "";
        var mark = first[kept.Length..] + second;
        int[] expected = [.. free.Take(at), .. model.Tokenizer.EncodeContinuation(kept + "Wait")];

        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        var format = new ThoughtFormat(
            model.Tokenizer, name, new("toy", [], [mark], mark) { BeginsOpen = true, KeepsClose = true }, template: null);
        using var sequence = engine.Begin();
        var job = new GenerateJob(
            sequence, prompt, Greedy(expected.Length + Length), EffectiveSampling.Of(SamplingOptions.Greedy, model.Sampling),
            keepsSequence: false, model.Tokenizer, engine.ContextLength, pieces: null, format.NewReader(prompt, new() { Waits = 1 }),
            constraint: null, Token);
        var waited = await sequence.RunAsync(job, static job => job.Result);

        Assert.Equal(expected, waited.Tokens.Take(expected.Length));
        await using var other = new LlamaEngine(model, new() { Threads = 1 });
        int[] start = [.. prompt, .. expected];
        var alone = await other.GenerateAsync(start, Greedy(waited.Tokens.Count - expected.Length), Token);
        Assert.Equal(alone.Tokens, waited.Tokens.Skip(expected.Length));
        Assert.Equal((2, expected.Length + Length), (waited.TakenBack, waited.Tokens.Count + waited.TakenBack));
        Assert.StartsWith(
            (string.Concat(free.Take(at).Select(token => Text(model, token))) + kept + "Wait").TrimStart(),
            string.Concat(waited.Parts.Select(static part => part.Text)), StringComparison.Ordinal);
        Assert.Equal(0, (await engine.CountCacheAsync(Token)).Open);
    }

    private static GenerationOptions Greedy(int tokens) => new() { MaxTokens = tokens, IgnoresEndOfTurn = true };

    // Two neighbouring tokens of a greedy text that can be a mark, because they are nowhere before.
    private static async Task<(int[] Prompt, IReadOnlyList<int> Free, int At)> FindMarkAsync(LlamaModel model)
    {
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        for (var seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            int[] prompt = [.. Enumerable.Range(0, 60).Select(_ => random.Next(300, 1_400))];
            var free = (await engine.GenerateAsync(prompt, Greedy(16), Token)).Tokens;
            string[] texts = [.. free.Select(token => Text(model, token))];
            for (var at = 3; at < 10; at++)
            {
                var before = string.Concat(texts.Take(at));
                var mark = texts[at][^Math.Min(1, texts[at].Length)..] + texts[at + 1];
                if (texts[at].Length > 1 && texts[at + 1].Length > 0 && (before + texts[at] + texts[at + 1]).All(char.IsAscii)
                    && (before + texts[at] + texts[at + 1]).IndexOf(mark, StringComparison.Ordinal) == before.Length + texts[at].Length - 1)
                    return (prompt, free, at);
            }
        }

        throw new InvalidOperationException("No greedy text of the toy has two tokens that occur once.");
    }

    private static string Text(LlamaModel model, int token) => model.Tokenizer.Decode([token]);
}
