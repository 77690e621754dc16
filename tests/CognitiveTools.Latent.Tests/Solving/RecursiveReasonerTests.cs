using CognitiveTools.Depth;
using CognitiveTools.Latent.Recursion;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Tests.Solving;

public sealed class RecursiveReasonerTests
{
    private static readonly Question Puzzle = new("p", "..");

    [Fact]
    public async Task Trajectories_have_the_seeds_of_latent_width_and_step_together()
    {
        var model = new FakeModel();
        var solved = await SolveAsync(model, new RecursiveOptions(3, 4, BranchChoice.Confidence));

        Assert.Equal(Enumerable.Range(0, 4).Select(static i => Seeds.Derive(11, i)), model.Seeds);
        Assert.Equal(3, model.GroupSteps);
        var branches = solved.Steps.OfType<Branch>().ToArray();
        Assert.Equal(4, branches.Length);
        var best = branches.MaxBy(static branch => branch.Confidence)!;
        Assert.Equal(best, Assert.Single(branches, static branch => branch.Chosen));
        Assert.Equal((StopReason.Completed, best.Text), (solved.Stop, solved.Answer));
        // Two cells, three steps of ten rows; what was not chosen is discarded.
        Assert.Equal((2, 30, 3 * 32), (solved.Usage.Prompt, solved.Usage.Latent, solved.Usage.Discarded));
    }

    [Fact]
    public async Task A_single_trajectory_has_the_seed_of_the_solve_and_no_branches()
    {
        var model = new FakeModel();
        var solved = await SolveAsync(model, new RecursiveOptions(2, 1, BranchChoice.Confidence));
        Assert.Equal([11], model.Seeds);
        Assert.Equal(("11 after 2", 22L), (solved.Answer, solved.Usage.Positions));
        Assert.DoesNotContain(solved.Steps, static step => step is Branch);
    }

    [Theory]
    [InlineData(60, 2, StopReason.TokenLimit)] // 30 each: two cells and two steps of ten rows
    [InlineData(20, 0, StopReason.TokenLimit)]
    [InlineData(64, 3, StopReason.Completed)]
    public async Task Steps_end_where_the_positions_end(int positions, int steps, StopReason stop)
    {
        var model = new FakeModel();
        var options = Options with { Budget = Budget.Default with { Positions = positions } };
        var solved = await new RecursiveReasoner(model, new RecursiveOptions(3, 2, BranchChoice.Confidence), TimeProvider.System)
            .SolveAsync(Puzzle, options, TestContext.Current.CancellationToken);
        Assert.Equal((steps, stop), (model.GroupSteps, solved.Stop));
        Assert.True(solved.Usage.Positions <= positions);
        Assert.Equal(stop == StopReason.TokenLimit ? ["positions"] : [], solved.LimitsHit);
    }

    [Fact]
    public async Task A_vote_compares_whole_answers_without_a_reader()
    {
        var model = new FakeModel { Text = static place => place is 1 or 3 ? "12.." : $"{place}..." };

        var solved = await SolveAsync(model, new RecursiveOptions(1, 4, BranchChoice.SameText));

        Assert.Equal("12..", solved.Answer);
        Assert.Equal(1, Assert.Single(solved.Steps.OfType<Branch>(), static branch => branch.Chosen).Index);
    }

    [Fact]
    public async Task Width_on_a_model_without_noise_is_noted()
    {
        var solved = await SolveAsync(new FakeModel { Varies = false }, new RecursiveOptions(1, 2, BranchChoice.Confidence));
        Assert.Equal(["all trajectories are equal: the model has no noise"], solved.Notes);
    }

    private static SolveOptions Options { get; } = new() { Seed = 11 };

    private static Task<Reasoning> SolveAsync(FakeModel model, RecursiveOptions setup) =>
        new RecursiveReasoner(model, setup, TimeProvider.System).SolveAsync(Puzzle, Options, TestContext.Current.CancellationToken);

    private sealed class FakeModel : IRecursiveModel, IRecursiveTrajectories
    {
        public IReadOnlyList<int> Seeds { get; private set; } = [];

        public int GroupSteps { get; private set; }

        public int Steps => 3;

        public int Cells => 2;

        public int RowsPerStep => 10;

        public bool Varies { get; init; } = true;

        public Func<int, string>? Text { get; init; }

        public IRecursiveTrajectories Begin(string question, IReadOnlyList<int> seeds)
        {
            Seeds = seeds;
            return this;
        }

        public ValueTask StepAsync(CancellationToken cancellationToken = default)
        {
            GroupSteps++;
            return ValueTask.CompletedTask;
        }

        public IReadOnlyList<RecursiveAnswer> Read() =>
            [.. Seeds.Select((seed, i) => new RecursiveAnswer(Text?.Invoke(i) ?? $"{seed} after {GroupSteps}", (seed & 1023) / 1024.0))];
    }
}
