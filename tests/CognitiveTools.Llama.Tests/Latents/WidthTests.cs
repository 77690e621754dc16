using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Latents;

/// <summary>Latent width on the engine: shared prompt, common decodes.</summary>
public sealed class WidthTests
{
    private const int Thoughts = 6, Width = 8;

    private static readonly BranchChoice Longest = BranchChoice.By(static (_, branch) => branch.Text.Length);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trajectories_share_the_prompt_and_the_decodes_and_repeat_with_the_seed()
    {
        await using var engine = TestModels.Engine();
        using var model = await LlamaLatentModel.CreateAsync(engine, Token);
        var before = engine.Counters;

        var first = await SolveAsync(model, Width, Longest);
        var spent = engine.Counters;

        Assert.Equal(Width * Thoughts, spent.Embeddings - before.Embeddings);
        Assert.InRange(spent.Prompt - before.Prompt, 1, first.Usage.Prompt);
        Assert.InRange(spent.Decodes - before.Decodes, 1, Width * Thoughts / 2); // one at a time it would be more than Width * Thoughts
        Assert.Equal(Width, first.Steps.OfType<Branch>().Count());
        Assert.True(first.Steps.OfType<Branch>().Select(b => b.Text).Distinct(StringComparer.Ordinal).Count() > 1);
        Assert.Equal(first.Steps.OfType<Branch>(), (await SolveAsync(model, Width, Longest)).Steps.OfType<Branch>());
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
    }

    [Fact]
    public async Task Several_wide_solves_with_their_greedy_comparison_finish_on_few_lanes()
    {
        await using var engine = TestModels.Engine(options => options.MaxSequences = 2);
        using var model = await LlamaLatentModel.CreateAsync(engine, Token);

        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SolveAsync(model, 3, BranchChoice.Confidence, compares: true))).WaitAsync(TimeSpan.FromMinutes(2), Token);

        Assert.All(all, reasoning => Assert.Null(reasoning.Error));
        Assert.All(all, reasoning => Assert.Single(reasoning.Steps.OfType<Agreement>()));
    }

    private static Task<Reasoning> SolveAsync(ILatentModel model, int width, BranchChoice choice, bool compares = false) =>
        new LatentReasoner(model, new GaussianNoise(new HiddenFeedback(Alignment.Norm), 1), new()
        {
            Prompt = static question => [new ChatMessage(ChatRole.User, question.Text)],
            Steps = Thoughts,
            Width = width,
            Choice = choice,
            ComparesWithGreedy = compares,
        }).SolveAsync(new("q", "the answer is"), new() { Seed = 3, Budget = new() { TokensPerTurn = 5 } }, Token);
}
