using CognitiveTools.Latent.Elicitation;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Tests.Solving;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Latent.Tests.Elicitation;

public class CotDecodingTests
{
    private static readonly Question Question = new("q1", "abca");

    [Fact]
    public async Task Confidences_are_those_of_the_model_written_out_by_hand()
    {
        var reasoning = await SolveAsync(new FakeLatentModel(), 4);

        var branches = reasoning.Steps.OfType<Branch>().ToArray();
        var expected = ByHand([0, .. new FakeTokenizer().Encode(Question.Text)], branches: 4, tokens: 6);
        Assert.Equal(expected.Select(b => b.Text), branches.Select(b => b.Text));
        foreach (var (branch, byHand) in branches.Zip(expected))
            Assert.Equal(byHand.Confidence, branch.Confidence!.Value, 5);
        Assert.Equal(expected.Select(b => Math.Round(b.Whole, 4)),
            (await SolveAsync(new(), 4, whole: true)).Steps.OfType<Branch>().Select(b => Math.Round(b.Confidence!.Value, 4)));
        var best = branches.MaxBy(b => b.Confidence)!;
        Assert.Equal([best], branches.Where(b => b.Chosen));
        Assert.Equal((best.Text, StopReason.TokenLimit), (reasoning.Answer, reasoning.Stop));
    }

    [Fact]
    public async Task The_trace_has_every_branch_in_order_of_its_first_token_and_then_the_chosen_text()
    {
        var reasoning = await SolveAsync(new FakeLatentModel(), 5);

        Assert.Equal(["Branch", "Branch", "Branch", "Branch", "Branch", "Said"], reasoning.Steps.Select(s => s.GetType().Name));
        var branches = reasoning.Steps.OfType<Branch>().ToArray();
        Assert.Equal([0, 1, 2, 3, 4], branches.Select(b => b.Index));
        Assert.Equal(5, branches.Select(b => b.First!.Value.Text).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(branches.Select(b => b.First!.Value.Probability).OrderDescending(), branches.Select(b => b.First!.Value.Probability));
        Assert.Equal(branches.Single(b => b.Chosen).Text, ((Said)reasoning.Steps[^1]).Text);
    }

    [Fact]
    public async Task Every_position_is_on_the_bill_and_the_branches_not_taken_are_discarded()
    {
        var model = new FakeLatentModel { AnswerLength = 3 };

        var reasoning = await SolveAsync(model, 3);

        var chosen = reasoning.Steps.OfType<Branch>().Single(b => b.Chosen);
        Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
        Assert.Equal((5, chosen.Tokens!.Value), (reasoning.Usage.Prompt, reasoning.Usage.Generated));
        Assert.Equal(reasoning.Steps.OfType<Branch>().Where(b => !b.Chosen).Sum(b => b.Tokens!.Value), reasoning.Usage.Discarded);
        Assert.Equal(0, model.OpenSequences);
    }

    [Fact]
    public async Task A_first_token_that_ends_the_turn_is_a_branch_without_an_answer()
    {
        var reasoning = await SolveAsync(new FakeLatentModel(), 8);

        var ended = reasoning.Steps.OfType<Branch>().Single(b => b.First!.Value.Text == "<eot>");
        Assert.Equal(("", null, 0, false), (ended.Text, ended.Confidence, ended.Tokens!.Value, ended.Chosen));
    }

    [Fact]
    public async Task Positions_are_shared_by_the_branches_and_too_few_start_none()
    {
        var model = new FakeLatentModel();

        var none = await SolveAsync(model, 4, new() { Budget = new() { Positions = 8 } });
        var some = await SolveAsync(new(), 4, new() { Budget = new() { Positions = 5 + (4 * 2) + 3 } });

        Assert.Equal((0, "positions"), (model.Forwarded, Assert.Single(none.LimitsHit)));
        Assert.All(some.Steps.OfType<Branch>(), branch => Assert.Equal(2, branch.Tokens));
        Assert.Equal(["positions"], some.LimitsHit);
    }

    [Fact]
    public async Task A_model_that_reports_no_margins_fails_with_the_reason()
    {
        var reasoning = await SolveAsync(new FakeLatentModel { ReportsMargins = false }, 2);

        Assert.Equal(StopReason.Failed, reasoning.Stop);
        Assert.Contains("no margins", reasoning.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cot-decoding:k=0", "from 1 to 8")]
    [InlineData("cot-decoding:k=9", "from 1 to 8")]
    [InlineData("cot-decoding:select=best", "one of: max, aggregate")]
    [InlineData("cot-decoding:steps=3", "no setting 'steps'")]
    [InlineData("cot-decoding/zeroed", "Known: whole")]
    [InlineData("cot-decoding:prompt=observation", "only placeholder is 'question'")]
    public void A_wrong_arm_is_refused_with_the_reason(string arm, string reason)
    {
        using var services = new ServiceCollection().AddLatentReasoning().AddSingleton<ReasonerCatalog>()
            .AddSingleton<ILatentModel>(new FakeLatentModel()).AddSingleton<IAnswerReader>(new LastLetter()).BuildServiceProvider();

        var refusal = Assert.ThrowsAny<ArgumentException>(
            () => services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse(arm)));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static Task<Reasoning> SolveAsync(FakeLatentModel model, int branches, SolveOptions? options = null, bool whole = false) =>
        new CotDecoding(model, new LastLetter(),
            new() { Prompt = question => [new ChatMessage(ChatRole.User, question.Text)], Branches = branches, OverWhole = whole })
            .SolveAsync(Question, options ?? Solves.SixTokens, TestContext.Current.CancellationToken);

    // The fake's equations once more, in double precision, and the paper's definition.
    private static (string Text, double Confidence, double Whole)[] ByHand(int[] prompt, int branches, int tokens)
    {
        var tokenizer = new FakeTokenizer();
        var state = prompt.Aggregate(new double[3], Step);
        return [.. Order(state).Take(branches).Select(first =>
        {
            var (at, text, confidence, sum) = (state, "", 0.0, 0.0);
            for (var i = 0; i < tokens; i++)
            {
                var token = i == 0 ? first : Order(at)[0];
                var shares = Shares(at).OrderDescending().ToArray();
                if (tokenizer.Describe(token).AsSpan().IndexOfAny('a', 'b', 'c') >= 0) // the last such token has the last letter
                    confidence = shares[0] - shares[1];
                sum += shares[0] - shares[1];
                text += tokenizer.Describe(token);
                at = Step(at, token);
            }

            return (text, confidence, sum / tokens);
        })];
    }

    private static double[] Step(double[] state, int token) =>
        [.. FakeLatentModel.Transition.Select(
            (row, i) => Math.Tanh(row.Select((weight, j) => weight * state[j]).Sum() + FakeEmbeddings.Rows[token][i]))];

    private static double[] Logits(double[] state) =>
        [.. FakeLatentModel.Output.Select(row => row.Select((weight, j) => weight * state[j]).Sum())];

    private static double[] Shares(double[] state) => Logits(state) is var logits && logits.Sum(Math.Exp) is var sum
        ? [.. logits.Select(l => Math.Exp(l) / sum)] : [];

    private static int[] Order(double[] state) =>
        Logits(state) is var logits ? [.. Enumerable.Range(0, logits.Length).OrderByDescending(i => logits[i])] : [];
}
