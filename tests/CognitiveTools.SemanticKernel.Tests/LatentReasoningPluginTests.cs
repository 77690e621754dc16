using CognitiveTools.Reasoners;
using CognitiveTools.SemanticKernel.Plugins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace CognitiveTools.SemanticKernel.Tests;

public sealed class LatentReasoningPluginTests
{
    [Fact]
    public void The_functions_describe_themselves()
    {
        var plugin = new Kernel().Plugins.AddLatentReasoning();

        Assert.Equal(["compare", "reason"], plugin.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["question", "rule", "steps", "control"], plugin["reason"].Metadata.Parameters.Select(p => p.Name));
        Assert.Equal([true, false, false, false], plugin["reason"].Metadata.Parameters.Select(p => p.IsRequired));
    }

    [Fact]
    public async Task Reason_answers_with_the_method_asked_for_and_hands_over_the_trace()
    {
        var made = new List<string>();

        var result = await InvokeAsync("reason", made, ("question", "2+2?"), ("rule", "soft"), ("steps", 8), ("control", "zeroed"));

        Assert.Equal("ANSWER: 4", result.GetValue<string>());
        Assert.Equal(["latent:rule=soft,steps=8/zeroed"], made);
        Assert.Equal(7, ((Reasoning)result.Metadata![LatentReasoningPlugin.Result]!).Usage.Latent);
    }

    [Fact]
    public async Task Compare_shows_both_answers_and_their_cost()
    {
        var made = new List<string>();

        var result = await InvokeAsync("compare", made, ("question", "2+2?"), ("second", "latent:steps=3"));

        Assert.Equal(["cot", "latent:steps=3"], made);
        Assert.Equal(
            "cot: ANSWER: 5\n(20 positions, 0 of them latent; Completed)\nlatent:steps=3: ANSWER: 4\n(17 positions, 7 of them latent; "
                + "Completed)\nThey differ: 5 and 4.",
            result.GetValue<string>());
    }

    [Theory]
    [InlineData("reason", "rule", "nonsense", "nonsense")]
    [InlineData("compare", "second", "latent:steps", "is not key=value")]
    [InlineData("compare", "first", "nobody", "There is no reasoner 'nobody'")]
    public async Task A_wrong_setting_is_an_error_the_calling_model_can_read(string function, string argument, string value, string message)
    {
        var result = await InvokeAsync(function, [], ("question", "2+2?"), (argument, value));

        Assert.StartsWith("error: ", result.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(message, result.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_without_reasoners_says_what_to_register()
    {
        var kernel = new Kernel();
        kernel.Plugins.AddLatentReasoning();

        var result = await kernel.InvokeAsync(LatentReasoningPlugin.Name, "reason", new KernelArguments { ["question"] = "?" },
            TestContext.Current.CancellationToken);

        Assert.Contains("AddLatentReasoning", result.GetValue<string>(), StringComparison.Ordinal);
    }

    private static Task<FunctionResult> InvokeAsync(string function, List<string> made, params (string Name, object Value)[] arguments)
    {
        var services = new ServiceCollection()
            .AddSingleton<IReasonerFactory>(new Factory("cot", "ANSWER: 5", new Usage { Prompt = 15, Generated = 5 }, made))
            .AddSingleton<IReasonerFactory>(new Factory("latent", "ANSWER: 4", new Usage { Prompt = 5, Generated = 5, Latent = 7 }, made))
            .AddSingleton<IAnswerReader, LastWord>()
            .AddSingleton<ReasonerCatalog>()
            .BuildServiceProvider();
        var kernel = new Kernel(services);
        kernel.Plugins.AddLatentReasoning();
        var given = new KernelArguments();
        foreach (var (name, value) in arguments)
            given[name] = value;
        return kernel.InvokeAsync(LatentReasoningPlugin.Name, function, given, TestContext.Current.CancellationToken);
    }

    private sealed class LastWord : IAnswerReader
    {
        public string? Read(string text) => text.Split(' ')[^1];
    }

    private sealed class Factory(string kind, string answer, Usage usage, List<string> made) : IReasonerFactory, IReasoner
    {
        public string Kind => kind;

        public string Description => kind;

        public IReasoner Create(ReasonerSpec spec)
        {
            if (spec.Settings.GetValueOrDefault("rule") == "nonsense")
                throw new ArgumentException("there is no rule nonsense");
            made.Add(spec.ToString());
            return this;
        }

        public Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default) =>
            Task.FromResult(new Reasoning(answer, [], usage, StopReason.Completed));
    }
}
