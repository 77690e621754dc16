using CognitiveTools.Latent.Controls;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Tests.Solving;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Reasoners;
using CsCheck;

namespace CognitiveTools.Latent.Tests.Controls;

public class ControlTests
{
    private static readonly string[] Texts = ["aab", "cbc", "bab", "other"];
    private static readonly Question[] Donors = [new("d1", "aab"), new("d2", "cbc"), new("d3", "bab")];

    [Fact]
    public async Task Zeroed_feeds_as_many_zero_rows_as_the_rule_feeds_thoughts()
    {
        var model = new FakeLatentModel();

        var reasoning = await Solves.SolveAsync(model, new Zeroed(Solves.Norm), 5);

        Assert.Equal(5, reasoning.Usage.Latent);
        Assert.Equal(5, model.FedEmbeddings.Count);
        Assert.All(model.FedEmbeddings, row => Assert.Equal([0f, 0f, 0f], row));
        Assert.All(reasoning.Steps.OfType<Thought>(), thought => Assert.Equal(0, thought.Norm));
    }

    [Fact]
    public async Task A_random_direction_keeps_count_and_norm_and_depends_on_the_seed()
    {
        async Task<List<float[]>> FedAsync(int seed)
        {
            var model = new FakeLatentModel();
            await Solves.SolveAsync(model, new RandomDirection(Solves.Norm), 5, Solves.SixTokens with { Seed = seed });
            return model.FedEmbeddings;
        }

        var fed = await FedAsync(3);
        Assert.Equal(5, fed.Count);
        Assert.All(fed, row => Assert.Equal(new FakeEmbeddings().MeanNorm, FakeEmbeddings.Norm(row), 1e-5f));
        Assert.Equal(fed, await FedAsync(3));
        Assert.NotEqual(fed, await FedAsync(4));
        Assert.Equal(5, fed.Select(row => row[0]).Distinct().Count());
    }

    [Fact]
    public async Task Transplanted_feeds_exactly_the_thoughts_of_the_donor()
    {
        var control = new Transplanted(Solves.Norm, Donors);
        var donor = control.DonorOf(new Question("q1", "abc"));
        var alone = new FakeLatentModel();
        await Solves.SolveAsync(alone, Solves.Norm, 4, text: donor.Text, id: donor.Id);

        var model = new FakeLatentModel();
        var reasoning = await Solves.SolveAsync(model, control, 4);

        // First the donor's own thoughts, then the same rows in place of this question's.
        Assert.Equal([.. alone.FedEmbeddings, .. alone.FedEmbeddings], model.FedEmbeddings);
        Assert.Equal(4, reasoning.Usage.Latent);
        Assert.Equal(4 + 4, reasoning.Usage.Discarded);
        Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
        Assert.Equal(0, model.OpenSequences);
    }

    [Fact]
    public void A_donor_is_fixed_by_the_id_and_never_the_question_itself() =>
        Gen.Select(Gen.String[0, 8], Gen.Int[0, 3].Select(i => Texts[i])).Sample((id, text) =>
        {
            var question = new Question(id, text);

            var donor = new Transplanted(Solves.Norm, Donors).DonorOf(question);

            Assert.NotEqual(text, donor.Text);
            Assert.Equal(donor, new Transplanted(Solves.Norm, Donors).DonorOf(question with { }));
        });

    [Fact]
    public void Several_donors_are_used()
    {
        var control = new Transplanted(Solves.Norm, Donors);

        var used = Enumerable.Range(0, 50).Select(i => control.DonorOf(new Question($"q{i}", "abc")).Id).Distinct();

        Assert.Equal(3, used.Count());
    }

    [Fact]
    public async Task Dropping_the_cache_gives_the_answer_of_a_solve_without_thoughts()
    {
        var model = new FakeLatentModel();
        var tokens = model.Tokenizer.EncodeChat([new(Microsoft.Extensions.AI.ChatRole.User, "abc")]);
        await using var bare = model.Begin();
        await bare.AppendAsync(tokens, TestContext.Current.CancellationToken);
        var direct = await bare.ContinueAsync(new() { MaxTokens = 6 }, TestContext.Current.CancellationToken);

        var reasoning = await Solves.SolveAsync(new FakeLatentModel(), new CacheDropped(PauseRule.OfEmbedding([-.9f, -.9f, .9f])), 5);
        var kept = await Solves.SolveAsync(new FakeLatentModel(), PauseRule.OfEmbedding([-.9f, -.9f, .9f]), 5);

        Assert.Equal(direct.Text, reasoning.Answer);
        Assert.NotEqual(direct.Text, kept.Answer);
        Assert.Equal(5, reasoning.Steps.OfType<Thought>().Count());
    }

    [Theory]
    [InlineData(false, 6)]
    [InlineData(true, 5)]
    public async Task Dropped_positions_are_booked_as_discarded_with_the_repeated_one(bool withEnd, int discarded)
    {
        var model = new FakeLatentModel();

        var reasoning = await Solves.SolveAsync(model, new CacheDropped(Solves.Norm), 5, begin: [6], end: withEnd ? [7] : null);

        Assert.Equal(0, reasoning.Usage.Latent);
        Assert.Equal(discarded, reasoning.Usage.Discarded);
        Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
    }

    [Fact]
    public void A_control_of_embeddings_refuses_a_rule_that_feeds_tokens()
    {
        var pause = PauseRule.OfToken(5);

        foreach (var create in new Func<IThoughtRule>[] { () => new Zeroed(pause), () => new RandomDirection(pause),
            () => new Transplanted(pause, Donors) })
            Assert.Contains("feeds tokens only", Assert.Throws<ArgumentException>(create).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transplanting_refuses_donors_that_could_be_the_question_itself()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new Transplanted(Solves.Norm, [Donors[0], Donors[0] with { Id = "other" }]));

        Assert.Contains("at least two", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_control_around_a_dropping_rule_still_drops()
    {
        var reasoning = await Solves.SolveAsync(new FakeLatentModel(), new Zeroed(new CacheDropped(Solves.Norm)), 3);

        Assert.Equal(0, reasoning.Usage.Latent);
        Assert.Equal(4, reasoning.Usage.Discarded);
    }
}
