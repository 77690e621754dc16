using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Tests.Solving;

public class WidthTests
{
    private static readonly GaussianNoise Noisy = new(Solves.Norm, 2);

    private static readonly BranchChoice Vote = BranchChoice.Vote(new FirstLetter());

    [Fact]
    public async Task Every_trajectory_is_that_of_a_single_solve_with_the_derived_seed()
    {
        var reasoning = await SolveAsync(new FakeLatentModel { AnswerLength = 3 }, 5, Vote);

        var branches = reasoning.Steps.OfType<Branch>().ToArray();
        Assert.Equal([0, 1, 2, 3, 4], branches.Select(b => b.Index));
        for (var i = 0; i < 5; i++)
        {
            var alone = await Solves.SolveAsync(new FakeLatentModel { AnswerLength = 3 }, Noisy, 4,
                Solves.SixTokens with { Seed = Seeds.Derive(11, i) });
            Assert.Equal(alone.Answer, branches[i].Text);
            if (branches[i].Chosen)
                Assert.Equal(alone.Steps, reasoning.Steps.Take(alone.Steps.Count), StepsAlike);
        }

        Assert.True(branches.Select(b => b.Text).Distinct(StringComparer.Ordinal).Count() > 1);
    }

    [Fact]
    public async Task The_prompt_is_forwarded_once_and_the_trajectories_not_chosen_are_discarded()
    {
        var model = new FakeLatentModel { AnswerLength = 2 };

        var reasoning = await SolveAsync(model, 3, Vote);

        Assert.Equal((4, 4, 2, 2 * 6),
            (reasoning.Usage.Prompt, reasoning.Usage.Latent, reasoning.Usage.Generated, reasoning.Usage.Discarded));
        Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
        Assert.Equal(0, model.OpenSequences);
    }

    [Fact]
    public async Task The_vote_takes_the_most_frequent_answer()
    {
        var reasoning = await SolveAsync(new FakeLatentModel { AnswerLength = 3 }, 9, Vote);

        var reader = new FirstLetter();
        string[] answers = [.. reasoning.Steps.OfType<Branch>().Select(b => reader.Read(b.Text)).OfType<string>()];
        var most = answers.GroupBy(a => a, StringComparer.Ordinal).Max(g => g.Count());
        Assert.Equal(most, answers.Count(a => a == reader.Read(reasoning.Answer)));
        Assert.Equal(reasoning.Answer, Assert.Single(reasoning.Steps.OfType<Branch>(), b => b.Chosen).Text);
    }

    [Fact]
    public async Task The_surest_answer_is_chosen_and_its_confidence_is_the_mean_margin()
    {
        var model = new FakeLatentModel { AnswerLength = 3 };

        var reasoning = await SolveAsync(model, 4, BranchChoice.Confidence);

        var branches = reasoning.Steps.OfType<Branch>().ToArray();
        var chosen = Assert.Single(branches, b => b.Chosen);
        Assert.Equal(branches.Max(b => b.Confidence), chosen.Confidence);
        Assert.Equal(await MarginAsync(reasoning, Seeds.Derive(11, chosen.Index)), chosen.Confidence!.Value, 1e-6);
        Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
        Assert.Equal(0, model.OpenSequences);
    }

    [Fact]
    public async Task A_scorer_of_the_caller_chooses()
    {
        var reasoning = await SolveAsync(new FakeLatentModel { AnswerLength = 3 }, 5,
            BranchChoice.By((question, branch) => question.Id == "q1" && branch.Index == 3 ? 1 : 0));

        Assert.Equal(3, Assert.Single(reasoning.Steps.OfType<Branch>(), b => b.Chosen).Index);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_positions_budget_is_split_and_never_exceeded(int width)
    {
        foreach (var choice in new[] { Vote, BranchChoice.Confidence })
        {
            for (var budget = 1; budget < 60; budget++)
            {
                var model = new FakeLatentModel();

                var reasoning = await SolveAsync(model, width, choice, new() { Budget = new Budget { Positions = budget } });

                Assert.InRange(reasoning.Usage.Positions, 0, budget);
                Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
                Assert.Contains("positions", reasoning.LimitsHit);
            }
        }
    }

    [Fact]
    public async Task A_failing_trajectory_fails_the_solve_and_frees_all_sequences()
    {
        var appended = 0;
        var model = new FakeLatentModel
        {
            OnAppend = (kind, _) => _ = kind == "embeddings" && ++appended == 6
            ? throw new InvalidOperationException("decode said 3") : 0
        };

        var reasoning = await SolveAsync(model, 3, Vote);

        Assert.Equal(StopReason.Failed, reasoning.Stop);
        Assert.Equal(0, model.OpenSequences);
        Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
    }

    [Fact]
    public async Task The_watcher_sees_the_chosen_trajectory_in_order_and_then_all_branches()
    {
        var seen = new List<Step>();

        var reasoning = await SolveAsync(new FakeLatentModel { AnswerLength = 2 }, 3, Vote,
            Solves.SixTokens with { Observer = new Watcher(seen) });

        Assert.Equal(reasoning.Steps, seen);
    }

    [Fact]
    public void A_width_without_a_choice_is_refused_with_the_remedy() =>
        Assert.Contains("Set Choice", Assert.Throws<ArgumentException>(
            () => new LatentReasoner(new FakeLatentModel(), Noisy, Solves.Setup(3) with { Width = 2 })).Message, StringComparison.Ordinal);

    private static Task<Reasoning> SolveAsync(FakeLatentModel model, int width, BranchChoice choice, SolveOptions? options = null) =>
        new LatentReasoner(model, Noisy, Solves.Setup(4) with { Width = width, Choice = choice })
            .SolveAsync(new Question("q1", "abc"), (options ?? Solves.SixTokens) with { Seed = 11 }, TestContext.Current.CancellationToken);

    // The margins along the chosen trajectory, from the weights of the trace alone.
    private static async Task<double> MarginAsync(Reasoning reasoning, int seed)
    {
        var again = new FakeLatentModel();
        await Solves.SolveAsync(again, Noisy, 4, Solves.SixTokens with { Seed = seed });
        var model = new FakeLatentModel();
        await using var sequence = model.Begin();
        var prediction = await sequence.AppendAsync(model.Tokenizer.EncodeChat([new(Microsoft.Extensions.AI.ChatRole.User, "abc")]));
        foreach (var row in again.FedEmbeddings)
            prediction = await sequence.AppendAsync(row);
        var answer = await sequence.Fork().ContinueAsync(new ContinuationOptions { MaxTokens = 3 });
        Assert.Equal(reasoning.Answer, answer.Text);
        var sum = 0.0;
        foreach (var token in answer.Tokens)
        {
            var exponentials = prediction.Logits.ToArray().Select(l => Math.Exp(l)).OrderDescending().ToArray();
            sum += (exponentials[0] - exponentials[1]) / exponentials.Sum();
            prediction = await sequence.AppendAsync(new[] { token });
        }

        return sum / answer.Tokens.Count;
    }

    private static bool StepsAlike(Step a, Step b) => (a, b) switch
    {
        (Thought x, Thought y) => x.Norm == y.Norm && x.Entropy == y.Entropy,
        (Said x, Said y) => x == y,
        _ => false,
    };

    private sealed class FirstLetter : IAnswerReader
    {
        public string? Read(string text) => text.Length == 0 ? null : text[..1];
    }

    private sealed class Watcher(List<Step> seen) : IProgress<Step>
    {
        public void Report(Step value) => seen.Add(value);
    }
}
