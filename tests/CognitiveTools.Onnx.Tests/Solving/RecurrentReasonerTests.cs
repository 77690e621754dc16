using CognitiveTools.Depth;
using CognitiveTools.Latent.Recurrence;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Onnx.Tests.Solving;

public sealed class RecurrentReasonerTests
{
    private static readonly Question Easy = new("easy", "3 +4 mod 5");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_given_at_once_and_every_pass_is_billed()
    {
        using var model = OnnxModels.Open();
        var solved = await new RecurrentReasoner(model, new FixedDepth(8)).SolveAsync(Easy, new SolveOptions(), Token);

        Assert.Equal((StopReason.Completed, "ANSWER: 2"), (solved.Stop, solved.Answer));
        // Three tokens of the question, the lead, and the answer's digit; seven passes more for each.
        Assert.Equal((4, 1, 35), (solved.Usage.Prompt, solved.Usage.Generated, solved.Usage.Latent));
        Assert.Equal(["core passes 40 over 5 positions, at most 8 each"], solved.Notes);
    }

    [Fact]
    public async Task An_exit_by_divergence_is_billed_for_what_it_took()
    {
        using var model = OnnxModels.Open();
        var most = await new RecurrentReasoner(model, new DivergenceExit(1000, 1, 2)).SolveAsync(Easy, new SolveOptions(), Token);

        Assert.Equal(most.Usage.Prompt + most.Usage.Generated, most.Usage.Latent);
    }

    [Theory]
    [InlineData(1000, 0, "tokensPerTurn")]
    [InlineData(32, 16, "positions")]
    public async Task A_budget_that_is_spent_is_named(int positions, int tokens, string limit)
    {
        using var model = OnnxModels.Open();
        var options = new SolveOptions { Budget = Budget.Default with { Positions = positions, TokensPerTurn = tokens } };
        var solved = await new RecurrentReasoner(model, new FixedDepth(8)).SolveAsync(Easy, options, Token);

        Assert.Equal((StopReason.TokenLimit, "", 0L), (solved.Stop, solved.Answer, solved.Usage.Positions));
        Assert.Equal([limit], solved.LimitsHit);
    }

    [Fact]
    public async Task A_question_that_does_not_fit_ends_as_a_value()
    {
        using var model = OnnxModels.Open();
        var solved = await new RecurrentReasoner(model).SolveAsync(new Question("long", new string('1', 500)), new SolveOptions(), Token);

        Assert.Equal(StopReason.ContextFull, solved.Stop);
        Assert.Contains("128", solved.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backend_that_fails_is_a_value()
    {
        var model = OnnxModels.Open();
        model.Dispose();
        var solved = await new RecurrentReasoner(model).SolveAsync(Easy, new SolveOptions(), Token);

        Assert.Equal(StopReason.Failed, solved.Stop);
        Assert.Contains(nameof(ObjectDisposedException), solved.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_cancellation_is_thrown()
    {
        using var model = OnnxModels.Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new RecurrentReasoner(model).SolveAsync(Easy, new SolveOptions(), new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("recurrent:depth=0", "depth=0")]
    [InlineData("recurrent:depth=2,kl=0.1", "exclude")]
    [InlineData("recurrent:min=2", "kl=NATS")]
    [InlineData("recurrent:kl=0.1,min=5,max=4", "min=5")]
    [InlineData("recurrent:steps=2", "steps")]
    [InlineData("recurrent/zeroed", "zeroed")]
    public async Task Wrong_settings_are_refused_by_name(string arm, string named)
    {
        await using var services = Services(OnnxModels.Recurrent);
        var factory = services.GetServices<IReasonerFactory>().Single();

        Assert.Contains(
            named, Assert.Throws<ArgumentException>(() => factory.Create(ReasonerSpec.Parse(arm))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("recurrent", 35)]
    [InlineData("recurrent:depth=3", 10)]
    [InlineData("recurrent:kl=1000", 5)]
    [InlineData("recurrent:kl=1000,min=4,max=9", 15)]
    public async Task Settings_reach_the_core(string arm, long latent)
    {
        await using var services = Services(OnnxModels.Recurrent);
        var solved = await services
            .GetServices<IReasonerFactory>()
            .Single()
            .Create(ReasonerSpec.Parse(arm))
            .SolveAsync(Easy, new SolveOptions(), Token);

        Assert.Equal(latent / 5.0, (double)solved.Usage.Latent / (solved.Usage.Prompt + solved.Usage.Generated));
    }

    [Fact]
    public async Task Without_a_model_of_its_kind_the_reasoner_is_refused_with_the_remedy()
    {
        await using var services = new ServiceCollection().AddRecurrentReasoner().BuildServiceProvider();

        var refused = Assert.Throws<ArgumentException>(
            () => services.GetServices<IReasonerFactory>().Single().Create(ReasonerSpec.Parse("recurrent")));
        Assert.Contains("--model recurrent", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_gives_one_model_under_both_names()
    {
        await using var services = Services(OnnxModels.Recurrent);
        services.GetRequiredService<Microsoft.Extensions.Options.IStartupValidator>().Validate();

        Assert.Same(
            services.GetRequiredService<Onnx.Latents.OnnxLatentModel>(),
            services.GetRequiredService<CognitiveTools.Latents.ILatentModel>());
    }

    private static ServiceProvider Services(string path) =>
        new ServiceCollection().AddRecurrentModel(options => options.Path = path).AddRecurrentReasoner().BuildServiceProvider();
}
