using CognitiveTools.Chat;
using CognitiveTools.Latent.Controls;
using CognitiveTools.Latent.Elicitation;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Verbal;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Latents;

/// <summary>Latent width on the engine: shared prompt, common decodes.</summary>
public sealed class WidthTests
{
    // The last token of a prompt goes into a decode of its own, which gives hidden states.
    private const int Thoughts = 6, Width = 8, PromptDecodes = 2, AnswerTokens = 5;

    private static readonly BranchChoice Longest = BranchChoice.By(static (_, branch) => branch.Text.Length);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trajectories_share_the_prompt_and_every_decode_and_repeat_with_the_seed()
    {
        await using var engine = TestModels.Engine();
        using var model = await LlamaLatentModel.CreateAsync(engine, Token);
        var before = engine.Counters;

        var first = await SolveAsync(model, Width, Longest);
        var spent = engine.Counters;

        Assert.Equal(Width * Thoughts, spent.Embeddings - before.Embeddings);
        Assert.InRange(spent.Prompt - before.Prompt, 1, first.Usage.Prompt);
        Assert.Equal(Width * AnswerTokens, spent.Generated - before.Generated); // no member ends its turn early
        Assert.Equal(PromptDecodes + Thoughts + AnswerTokens, spent.Decodes - before.Decodes);
        Assert.Equal((Thoughts + 1, 0), (spent.Groups - before.Groups, spent.SplitGroups - before.SplitGroups));
        Assert.Equal(Width, first.Steps.OfType<Branch>().Count());
        Assert.True(first.Steps.OfType<Branch>().Select(b => b.Text).Distinct(StringComparer.Ordinal).Count() > 1);
        Assert.Equal(first.Steps.OfType<Branch>(), (await SolveAsync(model, Width, Longest)).Steps.OfType<Branch>());
    }

    [Fact]
    public async Task Branches_of_a_decoding_start_together_and_share_every_decode()
    {
        await using var engine = TestModels.Engine();
        using var model = await LlamaLatentModel.CreateAsync(engine, Token);
        var before = engine.Counters;

        var reasoning = await DecodeAsync(model);

        var longest = reasoning.Steps.OfType<Branch>().Max(static branch => branch.Tokens!.Value);
        Assert.Equal(PromptDecodes + longest, engine.Counters.Decodes - before.Decodes);
        Assert.Equal((2, 0), (engine.Counters.Groups - before.Groups, engine.Counters.SplitGroups - before.SplitGroups));
    }

    [Fact]
    public async Task Samples_of_a_vote_start_together_and_share_the_decodes()
    {
        const int rowsOfADecode = 512;
        await using var engine = TestModels.Engine();
        var client = new LlamaChatClient(engine);
        Assert.True(ChatCapabilities.Of(client).Batches);
        var vote = new MajorityVote(new PromptReasoner(client, PromptProfile.Embedded(), "direct"), new Whole(), Width) { AtOnce = Width };

        var reasoning = await vote.SolveAsync(
            new("q", "1 + 1?"), new() { Seed = 3, Budget = new() { TokensPerTurn = AnswerTokens } }, Token);

        // One sample forwards the prompt; the others wait for it, forward its last token in the next decode, and all go on together.
        // The token sampled last is not forwarded.
        Assert.Equal(Width * (AnswerTokens - 1), engine.Counters.Generated); // no member ends its turn early
        Assert.Equal(((reasoning.Usage.Prompt + rowsOfADecode - 1) / rowsOfADecode) + AnswerTokens, engine.Counters.Decodes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Branches_of_a_decoding_and_latent_calls_finish_on_few_lanes(int lanes)
    {
        await using var engine = TestModels.Engine(options => options.MaxSequences = lanes);
        using var model = await LlamaLatentModel.CreateAsync(engine, Token);
        var call = new LatentCall("think", static question => [new ChatMessage(ChatRole.User, $"think about {question.Text}")]);

        var decoded = await DecodeAsync(model);
        var called = await SolveAsync(model, Width, Longest, call: call);

        Assert.Equal((null, null), (decoded.Error, called.Error));
        Assert.Equal((Width, Width), (decoded.Steps.OfType<Branch>().Count(), called.Steps.OfType<Branch>().Count()));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Dropped_thoughts_compare_with_greedy_decoding_on_few_lanes(int lanes, bool compares)
    {
        await using var engine = TestModels.Engine(options => options.MaxSequences = lanes);
        using var model = await LlamaLatentModel.CreateAsync(engine, Token);

        var reasoning = await SolveAsync(model, Width, Longest, compares, drops: true);

        Assert.Null(reasoning.Error);
        Assert.Equal(compares ? 1 : 0, reasoning.Steps.OfType<Agreement>().Count());
    }

    [Fact]
    public async Task More_trajectories_than_lanes_wait_for_each_other()
    {
        await using var engine = TestModels.Engine(options => options.MaxSequences = 3);
        using var model = await LlamaLatentModel.CreateAsync(engine, Token);

        var reasoning = await SolveAsync(model, Width, BranchChoice.Confidence);

        Assert.Null(reasoning.Error);
        Assert.Equal(Width, reasoning.Steps.OfType<Branch>().Count());
        Assert.All(reasoning.Steps.OfType<Branch>(), branch => Assert.InRange(branch.Confidence!.Value, 0, 1));
        Assert.True(engine.Counters.SplitGroups > 0);
    }

    [Fact]
    public async Task Several_wide_solves_with_their_greedy_comparison_finish_on_few_lanes()
    {
        await using var engine = TestModels.Engine(options => options.MaxSequences = 2);
        using var model = await LlamaLatentModel.CreateAsync(engine, Token);

        var all = await Task
            .WhenAll(Enumerable.Range(0, 6).Select(_ => SolveAsync(model, 3, BranchChoice.Confidence, compares: true)))
            .WaitAsync(TimeSpan.FromMinutes(2), Token);

        Assert.All(all, reasoning => Assert.Null(reasoning.Error));
        Assert.All(all, reasoning => Assert.Single(reasoning.Steps.OfType<Agreement>()));
    }

    private static IReadOnlyList<ChatMessage> Prompt(Question question) => [new(ChatRole.User, question.Text)];

    private static Task<Reasoning> DecodeAsync(ILatentModel model) =>
        new CotDecoding(model, new Whole(), new() { Prompt = Prompt, Branches = Width })
            .SolveAsync(new("q", "the answer is"), new() { Budget = new() { TokensPerTurn = AnswerTokens } }, Token);

    private static Task<Reasoning> SolveAsync(
        ILatentModel model, int width, BranchChoice choice, bool compares = false, LatentCall? call = null, bool drops = false)
    {
        IThoughtRule rule = new GaussianNoise(new HiddenFeedback(Alignment.Norm), 1);
        return new LatentReasoner(model, drops ? new CacheDropped(rule) : rule, new()
        {
            Prompt = Prompt,
            Steps = Thoughts,
            Width = width,
            Choice = choice,
            ComparesWithGreedy = compares,
            Call = call,
        }).SolveAsync(new("q", "the answer is"), new() { Seed = 3, Budget = new() { TokensPerTurn = AnswerTokens } }, Token);
    }

    private sealed class Whole : ILocatingAnswerReader
    {
        public string? Read(string text) => text;

        public AnswerSpan? Locate(string text) => new(text, 0, text.Length);
    }
}
