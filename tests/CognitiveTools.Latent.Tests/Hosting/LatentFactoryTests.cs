using CognitiveTools.Hosting;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Tests.Solving;
using CognitiveTools.Latents;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Latent.Tests.Hosting;

public class LatentFactoryTests
{
    private static readonly Question Question = new("q1", "abc");

    [Fact]
    public async Task The_plain_arm_is_norm_rescaled_feedback_with_six_steps_on_the_direct_prompt()
    {
        var model = new FakeLatentModel { ContextLength = 4096, AnswerLength = 2 };
        var expected = new FakeLatentModel { ContextLength = 4096, AnswerLength = 2 };
        var prompt = PromptProfile.Embedded()
            .Render("direct", new Dictionary<string, string>(StringComparer.Ordinal) { ["question"] = "abc" });

        var reasoning = await SolveAsync(model, "latent");
        var byHand = await new Latent.Solving.LatentReasoner(expected, Solves.Norm, Solves.Setup(6) with { Prompt = _ => prompt })
            .SolveAsync(Question, SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal(6, reasoning.Usage.Latent);
        Assert.Equal(expected.FedEmbeddings, model.FedEmbeddings);
        Assert.Equal(byHand.Answer, reasoning.Answer);
    }

    [Theory]
    [InlineData("latent:rule=soft,steps=3,topk=4,temperature=0.9,topp=0.8,minp=0.01,maxtopk=3", 3)]
    [InlineData("latent:rule=soft,noise=gumbel,gumbel=0.7", 6)]
    [InlineData("latent:rule=soft,noise=dirichlet,dirichlet=4,coldsteps=0,agreement=no", 6)]
    [InlineData("latent:rule=soft,noise=gaussian,sigma=0.1,steps=2", 2)]
    [InlineData("latent:noise=gaussian,steps=3,width=4,choose=confidence", 3)]
    [InlineData("latent:rule=soft,noise=gumbel,steps=3,width=4", 3)]
    [InlineData("latent:rule=soft,coldentropy=99,coldsteps=3", 2)]
    [InlineData("latent:rule=soft,steps=4/greedy", 4)]
    [InlineData("latent:align=ridge,lambda=0.1,steps=3", 3)]
    [InlineData("latent:align=identity,begin=<|start-latent|>,end=<|end-latent|>,steps=2", 2)]
    [InlineData("latent/zeroed", 6)]
    [InlineData("latent:rule=soft,steps=4/random", 4)]
    [InlineData("latent:steps=4/transplanted", 4)]
    [InlineData("latent:tool=understand_question,steps=3", 3)]
    [InlineData("latent:tool=recall_related,rule=soft,steps=3/transplanted", 3)]
    [InlineData("pause:tool=understand_question,steps=5", 5)]
    [InlineData("pause:steps=5", 5)]
    [InlineData("pause:token=b,profile=default,prompt=cot", 6)]
    public async Task Arms_as_suites_write_them_think_as_many_steps_as_they_say(string arm, int steps)
    {
        var model = new FakeLatentModel
        {
            ContextLength = 8192,
            AnswerLength = 2,
            OutputEmbeddings = new MatrixEmbeddings(FakeLatentModel.Output)
        };
        var reasoning = await SolveAsync(model, arm);

        Assert.Equal(StopReason.Completed, reasoning.Stop);
        Assert.Equal(steps, reasoning.Usage.Latent);
    }

    [Fact]
    public async Task The_dropped_arm_books_its_thoughts_as_discarded()
    {
        var reasoning = await SolveAsync(new FakeLatentModel { ContextLength = 4096, AnswerLength = 2 }, "latent/dropped");

        Assert.Equal((0, 7), (reasoning.Usage.Latent, reasoning.Usage.Discarded));
    }

    [Theory]
    [InlineData("latent:rule=telepathy", "one of: hidden, soft, switching")]
    [InlineData("latent:steps=0", "from 1 to 32768")]
    [InlineData("latent:steps=-3", "from 1 to 32768")]
    [InlineData("latent:rule=soft,topk=9", "from 1 to 8")]
    [InlineData("latent:steps=2000000", "from 1 to 32768")]
    [InlineData("latent:rule=soft,noise=thunder", "one of: none, gaussian, gumbel, dirichlet")]
    [InlineData("latent:noise=gumbel", "one of: none, gaussian")]
    [InlineData("latent:sigma=1", "no setting 'sigma'")]
    [InlineData("latent:align=ridge,lambda=0", "'lambda=0'")]
    [InlineData("latent:lambda=1", "no setting 'lambda'")]
    [InlineData("latent:rule=switching", "no token '<think>' for 'think'")]
    [InlineData("latent:rule=switching,think=a,endthink=b,alpha=2", "'alpha=2' must be a number from 0 to 1")]
    [InlineData("latent:width=4", "Set noise=gaussian")]
    [InlineData("latent:width=0", "from 1 to 256")]
    [InlineData("latent:width=2,noise=gaussian,choose=dice", "one of: vote, confidence")]
    [InlineData("latent:choose=vote", "no setting 'choose'")]
    [InlineData("latent:tool=nobody", "no tool 'nobody'")]
    [InlineData("latent:tool=examine_answer", "'current_proposed_answer'")]
    [InlineData("latent:tool=understand_question,rule=switching,think=a,endthink=b", "cannot return")]
    [InlineData("latent:tool=understand_question,agreement=yes", "ComparesWithGreedy")]
    [InlineData("latent:rule=soft,stop=zz", "no token 'zz' for 'stop'")]
    [InlineData("latent:rule=soft,align=norm", "no setting 'align'")]
    [InlineData("latent:temperature=1", "no setting 'temperature'")]
    [InlineData("latent:rule=soft,gumbel=1", "no setting 'gumbel'")]
    [InlineData("latent:begin=<|missing|>", "no token '<|missing|>'")]
    [InlineData("latent/sideways", "Known: zeroed, random, transplanted, dropped, greedy")]
    [InlineData("latent:prompt=observation", "only placeholder is 'question'")]
    [InlineData("pause:token=zz", "no token 'zz'")]
    [InlineData("pause/zeroed", "pause tokens have none")]
    public void A_wrong_arm_is_refused_with_the_reason(string arm, string reason)
    {
        using var services = Services(new FakeLatentModel());

        var refusal = Assert.ThrowsAny<ArgumentException>(
            () => services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse(arm)));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_switching_arm_takes_its_anchors_by_name_and_agrees_or_not_with_greedy_decoding()
    {
        var reasoning = await SolveAsync(
            new FakeLatentModel { ContextLength = 8192, AnswerLength = 2 },
            "latent:rule=switching,steps=5,think=<|start-latent|>,endthink=<|end-latent|>,first=.,window=1,switches=3,topk=1,"
                + "explicit=none");

        Assert.InRange(reasoning.Usage.Latent, 1, 5);
        Assert.Single(reasoning.Steps.OfType<Agreement>());
    }

    [Theory]
    [InlineData("latent:rule=soft,steps=3", 1)]
    [InlineData("latent:rule=soft,steps=3,agreement=no", 0)]
    [InlineData("latent:rule=soft,steps=3/greedy", 0)]
    [InlineData("latent:steps=3", 0)]
    [InlineData("latent:steps=3,agreement=yes", 1)]
    public async Task Mixtures_are_compared_with_greedy_decoding_unless_told_otherwise(string arm, int comparisons)
    {
        var reasoning = await SolveAsync(new FakeLatentModel { ContextLength = 8192, AnswerLength = 2 }, arm);

        Assert.Equal(comparisons, reasoning.Steps.OfType<Agreement>().Count());
    }

    [Fact]
    public void A_vote_without_an_answer_reader_says_what_to_register()
    {
        using var services = new ServiceCollection().AddLatentReasoning().AddSingleton<ReasonerCatalog>()
            .AddSingleton<ILatentModel>(new FakeLatentModel()).BuildServiceProvider();

        var refusal = Assert.Throws<InvalidOperationException>(
            () => services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("latent:noise=gaussian,width=2")));

        Assert.Contains("AddCognitiveToolsEvals", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_a_default_pause_token_is_told_to_name_one()
    {
        using var services = Services(new FakeLatentModel { Tokenizer = new FakeTokenizer { Missing = ["."] } });

        var refusal = Assert.Throws<ArgumentException>(
            () => services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("pause")));

        Assert.Contains("token=TEXT", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_model_the_catalog_lists_the_kinds_and_creating_one_says_what_to_register()
    {
        using var services = new ServiceCollection().AddLatentReasoning().AddLatentReasoning().AddSingleton<ReasonerCatalog>()
            .BuildServiceProvider();
        var catalog = services.GetRequiredService<ReasonerCatalog>();

        Assert.Equal(
            ["cot-decoding", "heima", "latent", "pause", "recurrent", "recursive", "steer"],
            catalog.Factories.Select(factory => factory.Kind));
        var refusal = Assert.Throws<InvalidOperationException>(() => catalog.Create(ReasonerSpec.Parse("latent")));
        Assert.Contains("Register an ILatentModel", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keyed_model_wins_over_the_unkeyed_one()
    {
        var keyed = new FakeLatentModel { ContextLength = 4096, AnswerLength = 1 };
        var unkeyed = new FakeLatentModel { ContextLength = 4096, AnswerLength = 1 };
        using var services = new ServiceCollection().AddLatentReasoning().AddSingleton<ReasonerCatalog>()
            .AddSingleton<ILatentModel>(unkeyed).AddKeyedSingleton<ILatentModel>("latent", keyed).BuildServiceProvider();

        await services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("latent"))
            .SolveAsync(Question, SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.NotEqual(0, keyed.Forwarded);
        Assert.Equal(0, unkeyed.Forwarded);
    }

    [Fact]
    public async Task Donors_are_the_hosts_to_choose()
    {
        var model = new FakeLatentModel { ContextLength = 4096, AnswerLength = 1 };
        using var services = new ServiceCollection()
            .AddLatentReasoning()
            .Configure<CognitiveToolsOptions>(options =>
            {
                options.Donors.Clear();
                options.Donors.Add(new("d1", "a"));
                options.Donors.Add(new("d2", Question.Text));
            })
            .AddSingleton<ReasonerCatalog>().AddSingleton<ILatentModel>(model).BuildServiceProvider();

        var reasoning = await services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("latent:steps=3/transplanted"))
            .SolveAsync(Question, SolveOptions.Default, TestContext.Current.CancellationToken);

        // The only donor left is two characters shorter than the question.
        Assert.Equal(reasoning.Usage.Prompt - 2 + 3, reasoning.Usage.Discarded);
    }

    private static async Task<Reasoning> SolveAsync(FakeLatentModel model, string arm)
    {
        using var services = Services(model);
        return await services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse(arm))
            .SolveAsync(Question, SolveOptions.Default, TestContext.Current.CancellationToken);
    }

    private static ServiceProvider Services(ILatentModel model) =>
        new ServiceCollection()
            .AddLatentReasoning(options => options.AlignmentFolder = Path.Combine(Path.GetTempPath(), "cogtools-alignments"))
            .AddSingleton<ReasonerCatalog>().AddSingleton(model).AddSingleton<IAnswerReader, WholeText>().BuildServiceProvider();

    private sealed class WholeText : IAnswerReader
    {
        public string? Read(string text) => text;
    }
}
