using CognitiveTools.Hosting;
using CognitiveTools.Latent.Controls;
using CognitiveTools.Latent.Heima;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Latent.Tests.Heima;

public sealed class HeimaReasonerTests
{
    private const string Asked = "aa", Donor = "ba", Reader = "bbc";

    private static readonly SolveOptions ThreeTokens = new() { Budget = new Budget { TokensPerTurn = 3 }, Temperature = 0 };

    [Fact]
    public async Task Thinking_tokens_are_written_as_long_as_they_are_the_most_probable_ones_and_nothing_is_fed_back()
    {
        var model = Model();
        var (tokens, _) = await ThinkAsync(Asked);

        var reasoning = await SolveAsync(model, tokens, []);

        Assert.Empty(model.FedEmbeddings);
        Assert.Equal(tokens.Length, reasoning.Steps.OfType<Thought>().Count());
        Assert.All(reasoning.Steps.OfType<Thought>().Zip(tokens), pair =>
        {
            Assert.Equal(("token", model.Tokenizer.Describe(pair.Second)), (pair.First.Kind, pair.First.Nearest[0].Text));
            Assert.Null(pair.First.Readings);
        });
        Assert.IsType<Said>(reasoning.Steps[^1]);
        Assert.Equal(await ContinueAsync([FakeLatentModel.BeginOfText, .. model.Tokenizer.Encode(Asked), .. tokens], []), reasoning.Answer);
        Assert.Equal((Asked.Length + 1, tokens.Length + 3, 0, 0), Parts(reasoning.Usage));
        Assert.Equal((reasoning.Usage.Positions, 0), (model.Forwarded, model.OpenSequences));
    }

    [Fact]
    public async Task A_token_is_written_once_at_most_and_a_model_that_writes_none_is_noted()
    {
        var model = Model();
        var (tokens, _) = await ThinkAsync(Asked);
        int[] others = [.. Enumerable.Range(0, model.VocabularySize).Except(tokens)];

        var all = await SolveAsync(model, [.. Enumerable.Range(0, model.VocabularySize)], []);
        var none = await SolveAsync(model, others, [HeimaState.Own]);

        Assert.Equal(
            all.Steps.OfType<Thought>().Count(),
            all.Steps.OfType<Thought>().Select(static thought => thought.Nearest[0].Text).Distinct().Count());
        Assert.Contains("the model wrote no thinking token", none.Notes);
        Assert.Equal(0, none.Usage.Discarded);
    }

    [Fact]
    public async Task The_interpreter_gets_the_hidden_state_at_the_token_or_a_control_in_its_place()
    {
        var model = Model();
        var (tokens, states) = await ThinkAsync(Asked);
        var (theirs, otherStates) = await ThinkAsync(Donor);
        int[] first = [tokens[0]];
        Assert.Equal(tokens[0], theirs[0]); // else the donor would have no such state
        int[] asking = [FakeLatentModel.BeginOfText, .. model.Tokenizer.Encode(Asked + Reader)];

        var reasoning = await SolveAsync(model, first, [HeimaState.Own, HeimaState.None, HeimaState.Other]);

        var thought = Assert.Single(reasoning.Steps.OfType<Thought>());
        Assert.Equal([states[0], otherStates[0]], model.FedEmbeddings);
        Assert.Equal(await ContinueAsync(asking, states[0]), thought.Readings!["own"]);
        Assert.Equal(await ContinueAsync([.. asking, tokens[0]], []), thought.Readings["none"]);
        Assert.Equal(await ContinueAsync(asking, otherStates[0]), thought.Readings["other"]);
        // The question is forwarded once for all readings, each of one position and three tokens; the donor with its thinking token.
        Assert.Equal(asking.Length + 3 * (1 + 3) + Donor.Length + 1 + 1, reasoning.Usage.Discarded);
        Assert.Equal((reasoning.Usage.Positions, 0), (model.Forwarded, model.OpenSequences));
    }

    [Fact]
    public async Task Without_positions_for_them_thoughts_are_not_read_and_the_answer_stays()
    {
        var (tokens, _) = await ThinkAsync(Asked);
        var free = await SolveAsync(Model(), tokens, []);
        var tight = ThreeTokens with { Budget = ThreeTokens.Budget with { Positions = (int)free.Usage.Positions + 2 } };

        var reasoning = await SolveAsync(Model(), tokens, [HeimaState.Own], tight);

        Assert.Equal((free.Answer, free.Stop, 0), (reasoning.Answer, reasoning.Stop, reasoning.Usage.Discarded));
        Assert.Contains("not all thoughts are read: no positions left", reasoning.Notes);
    }

    [Fact]
    public void A_model_without_the_tokens_is_refused_by_their_name_and_the_remedy()
    {
        using var services = Services();
        var refusal = Assert.Throws<ArgumentException>(() => Create(services, "heima"));
        Assert.Contains("'<|restate|>'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("restate=TOKEN", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("heima:restate=a,work=b,check=c,profile=mini,interpret=perhaps", "interpret")]
    [InlineData("heima:restate=a,work=b,check=c,profile=mini,state=some", "state")]
    [InlineData("heima:restate=a,work=b,check=c,profile=mini/zeroed", "state=none")]
    [InlineData("heima:restate=a,work=b,check=c,profile=mini,steps=3", "it takes")]
    public void A_wrong_setting_is_refused(string spec, string named)
    {
        using var services = Services();
        Assert.Contains(named, Assert.ThrowsAny<ArgumentException>(() => Create(services, spec)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_name_the_tokens_of_another_model()
    {
        using var services = Services();
        Assert.IsType<HeimaReasoner>(Create(services, "heima:restate=a,work=b,check=c,profile=mini"), exactMatch: false);
    }

    private static IReasoner Create(IServiceProvider services, string spec) =>
        services.GetRequiredService<IEnumerable<IReasonerFactory>>().Single(static factory => factory.Kind == "heima")
            .Create(ReasonerSpec.Parse(spec));

    private static ServiceProvider Services() => new ServiceCollection().AddLatentReasoning().AddSingleton<ReasonerCatalog>()
        .AddSingleton<ILatentModel>(Model()).BuildServiceProvider();

    // The plain fake repeats its last token; with these rows one token leads to another.
    private static FakeLatentModel Model() => new()
    {
        Embeddings = new MatrixEmbeddings(
        [
            FakeEmbeddings.Rows[0], FakeEmbeddings.Rows[1], FakeEmbeddings.Rows[3], FakeEmbeddings.Rows[4], FakeEmbeddings.Rows[2],
            FakeEmbeddings.Rows[5], FakeEmbeddings.Rows[6], FakeEmbeddings.Rows[7],
        ]),
    };

    private static Task<Reasoning> SolveAsync(FakeLatentModel model, int[] tokens, HeimaState[] readings, SolveOptions? options = null)
    {
        var setup = new HeimaOptions
        {
            Prompt = static question => [new ChatMessage(ChatRole.User, question.Text)],
            Interpreter = static question => [new ChatMessage(ChatRole.User, question.Text + Reader)],
            Tokens = tokens,
            Readings = readings,
            Donors = new DonorQuestions([new("q", Asked), new("d", Donor)]),
        };
        return new HeimaReasoner(model, setup, TimeProvider.System)
            .SolveAsync(new Question("q", Asked), options ?? ThreeTokens, TestContext.Current.CancellationToken);
    }

    // Two greedy tokens behind a prompt, and the hidden states at them.
    private static async Task<(int[] Tokens, float[][] States)> ThinkAsync(string text)
    {
        var model = Model();
        await using var sequence = model.Begin();
        var prediction = await sequence.AppendAsync(
            (int[])[FakeLatentModel.BeginOfText, .. model.Tokenizer.Encode(text)], TestContext.Current.CancellationToken);
        var (tokens, states) = (new List<int>(), new List<float[]>());
        while (tokens.Count < 2)
        {
            var token = Array.IndexOf(prediction.Logits.ToArray(), prediction.Logits.ToArray().Max());
            if (tokens.Contains(token))
                break;
            tokens.Add(token);
            prediction = await sequence.AppendAsync((int[])[token], TestContext.Current.CancellationToken);
            states.Add(prediction.Hidden.ToArray());
        }

        return ([.. tokens], [.. states]);
    }

    private static async Task<string> ContinueAsync(int[] tokens, float[] embedding)
    {
        await using var sequence = Model().Begin();
        await sequence.AppendAsync(tokens, TestContext.Current.CancellationToken);
        if (embedding.Length > 0)
            await sequence.AppendAsync(embedding, TestContext.Current.CancellationToken);
        var rest = await sequence.ContinueAsync(
            new ContinuationOptions { MaxTokens = 3, Temperature = 0 }, TestContext.Current.CancellationToken);
        return rest.Text;
    }

    private static (long Prompt, long Generated, long Latent, long Discarded) Parts(Usage usage) =>
        (usage.Prompt, usage.Generated, usage.Latent, usage.Discarded);
}
