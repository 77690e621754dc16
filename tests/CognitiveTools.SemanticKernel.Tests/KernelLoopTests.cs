using CognitiveTools.Calls;
using CognitiveTools.Reasoners;
using CognitiveTools.SemanticKernel.Invoking;
using CognitiveTools.SemanticKernel.Plugins;
using CognitiveTools.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using IChatClient = Microsoft.Extensions.AI.IChatClient;

namespace CognitiveTools.SemanticKernel.Tests;

public sealed class KernelLoopTests
{
    private const string Notes = "Concepts: c\nGivens: g\nGoal: o\nSteps: s\nTechniques: t";
    private const string Question = @"Is $a<b$ & \frac{{1}}{{2}}?";

    [Fact]
    public async Task The_tool_loop_goes_through_the_kernel_and_usage_and_outcome_survive()
    {
        var filter = new RecordingFilter();
        var (client, reasoning) = await SolveAsync(services => services.AddSingleton<IFunctionInvocationFilter>(filter));

        Assert.Equal(["cognitive_tools.understand_question"], filter.Seen);
        Assert.StartsWith($"Problem:\n{Question}\n\nYou assist", client.Requests[1].LastText, StringComparison.Ordinal);
        var called = Assert.Single(reasoning.Steps.OfType<Called>());
        Assert.Equal(("Answered", Notes), (called.Outcome, called.Observation));
        Assert.True(called.Usage.ToolPrompt > 0);
        Assert.Equal(called.Usage.ToolGenerated, reasoning.Usage.ToolGenerated);
        Assert.Equal((StopReason.Completed, "ANSWER: 4"), (reasoning.Stop, reasoning.Answer));
    }

    [Fact]
    public async Task The_kernel_and_the_direct_call_send_the_model_the_same_bytes()
    {
        var (kernel, _) = await SolveAsync(_ => { });
        var (direct, _) = await SolveAsync(services => services.AddSingleton<IToolInvoker>(s => s.GetRequiredService<IsolatedCall>()));
        Assert.Equal(
            direct.Requests.Select(r => $"{r.Options!.Seed} {r.Options.MaxOutputTokens} {r.Transcript}"),
            kernel.Requests.Select(r => $"{r.Options!.Seed} {r.Options.MaxOutputTokens} {r.Transcript}"));
    }

    [Fact]
    public async Task A_filter_that_replaces_the_output_is_noted()
    {
        var (client, reasoning) = await SolveAsync(services => services.AddSingleton<IFunctionInvocationFilter>(new ReplacingFilter()));
        var called = Assert.Single(reasoning.Steps.OfType<Called>());
        Assert.Equal("redacted", called.Observation);
        Assert.Contains("a kernel filter replaced the output", called.Notes);
        Assert.Contains("redacted", client.Requests[^1].LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_supplies_the_result_or_cancels_is_a_value()
    {
        var (_, supplied) = await SolveAsync(services => services.AddSingleton<IFunctionInvocationFilter>(new SupplyingFilter()), calls: 0);
        Assert.Contains("a kernel filter supplied the result; what it cost is unknown", supplied.Steps.OfType<Called>().Single().Notes);
        var (_, cancelled) = await SolveAsync(services => services.AddSingleton<IFunctionInvocationFilter>(new CancellingFilter()), calls: 0);
        Assert.Equal("Refused", cancelled.Steps.OfType<Called>().Single().Outcome);
        Assert.Equal(StopReason.Completed, cancelled.Stop);
    }

    [Fact]
    public async Task A_kernel_without_the_plugin_is_a_misuse_with_its_remedy()
    {
        var tool = CognitiveTools.Tools.ToolCatalog.Embedded().Find("recall_related")!;
        var request = new ToolCall(tool, new Dictionary<string, string>(StringComparer.Ordinal) { ["question"] = "q" }, CognitiveTools.Prompts.PromptProfile.Embedded());
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => new KernelToolInvoker(new Kernel()).InvokeAsync(request, TestContext.Current.CancellationToken));
        Assert.Contains("AddCognitiveTools", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_builder_brings_plugin_and_reasoners()
    {
        var builder = Kernel.CreateBuilder().AddCognitiveTools();
        builder.Services.AddKeyedSingleton<IChatClient>("verbal", new ScriptedChatClient("ANSWER: 4"));
        var kernel = builder.Build();
        Assert.Contains(kernel.Plugins, p => p.Name == CognitiveToolsPlugin.Name);
        var reasoning = await kernel.Services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("tools"))
            .SolveAsync(new Question("q", "2+2?"), SolveOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal("ANSWER: 4", reasoning.Answer);
    }

    private static async Task<(ScriptedChatClient Client, Reasoning Reasoning)> SolveAsync(Action<IServiceCollection> configure, int calls = 1)
    {
        string[] replies = ["<call>{\"tool\":\"understand_question\",\"args\":{}}</call>", .. Enumerable.Repeat(Notes, calls), "ANSWER: 4"];
        var client = new ScriptedChatClient(replies);
        var services = new ServiceCollection();
        services.AddKeyedSingleton<IChatClient>("verbal", client);
        services.AddCognitiveToolsKernel();
        configure(services);
        await using var provider = services.BuildServiceProvider();
        var reasoner = provider.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("tools"));
        return (client, await reasoner.SolveAsync(new Question("q", Question), SolveOptions.Default, TestContext.Current.CancellationToken));
    }

    private sealed class RecordingFilter : IFunctionInvocationFilter
    {
        public List<string> Seen { get; } = [];

        public Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
        {
            Seen.Add($"{context.Function.PluginName}.{context.Function.Name}");
            return next(context);
        }
    }

    private sealed class ReplacingFilter : IFunctionInvocationFilter
    {
        public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
        {
            await next(context);
            context.Result = new FunctionResult(context.Result, "redacted");
        }
    }

    private sealed class SupplyingFilter : IFunctionInvocationFilter
    {
        public Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
        {
            context.Result = new FunctionResult(context.Function, "from a cache");
            return Task.CompletedTask;
        }
    }

    private sealed class CancellingFilter : IFunctionInvocationFilter
    {
        public Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next) =>
            throw new OperationCanceledException("not now");
    }
}
