using CognitiveTools.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using AI = Microsoft.Extensions.AI;

namespace CognitiveTools.SemanticKernel.Tests;

/// <summary>The plugin under the kernel's automatic function calling, where the main model decides and the tool runs apart.</summary>
public sealed class AutoFunctionTests
{
    private const string Question = @"If $a<b$ & \frac{{1}}{{2}}, what is a?";
    private const string Notes = "Concepts: c\nGivens: g\nGoal: o\nSteps: s\nTechniques: t";

    [Fact]
    public async Task Automatic_choice_offers_the_tools_with_their_own_schema_and_calls_them()
    {
        var (kernel, main, tool) = Make();
        var text = await kernel.InvokePromptAsync<string>("{{$input}}", Arguments(),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("ANSWER: 4", text);
        Assert.StartsWith($"Problem:\n{Question}\n\nYou assist", Assert.Single(tool.Requests).LastText, StringComparison.Ordinal);
        var offered = main.Requests[0].Options!.Tools!.OfType<AI.AIFunction>().ToDictionary(f => f.Name, StringComparer.Ordinal);
        Assert.Equal(4, offered.Count);
        var schema = offered["cognitive_tools_examine_answer"].JsonSchema;
        Assert.Equal(["question", "current_proposed_answer"], schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal("The answer to check.",
            schema.GetProperty("properties").GetProperty("current_proposed_answer").GetProperty("description").GetString());
        Assert.Equal(Notes,
            Assert.Single(main.Requests[1].Messages.SelectMany(m => m.Contents).OfType<AI.FunctionResultContent>()).Result?.ToString());
    }

    [Fact]
    public async Task Streaming_with_automatic_choice_calls_them_too()
    {
        var (kernel, _, tool) = Make();
        var text = "";
        await foreach (var piece in kernel.InvokePromptStreamingAsync<string>("{{$input}}", Arguments(),
            cancellationToken: TestContext.Current.CancellationToken))
            text += piece;
        Assert.Equal("ANSWER: 4", text);
        Assert.Single(tool.Requests);
    }

    [Fact]
    public async Task A_chat_completion_service_calls_them_as_well()
    {
        var (kernel, _, tool) = Make();
        var service = kernel.GetRequiredService<AI.IChatClient>().AsChatCompletionService(kernel.Services);
        var message = await service.GetChatMessageContentAsync(
            Question, new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }, kernel,
                TestContext.Current.CancellationToken);
        Assert.Equal("ANSWER: 4", message.Content);
        Assert.Single(tool.Requests);
    }

    private static KernelArguments Arguments() =>
        new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }) { ["input"] = "Solve it." };

    private static (Kernel Kernel, ScriptedChatClient Main, ScriptedChatClient Tool) Make()
    {
        var main = new ScriptedChatClient((request, _) => Task.FromResult(
            request.Messages.Any(m => m.Contents.OfType<AI.FunctionResultContent>().Any())
                ? ScriptedChatClient.Generate(request, "ANSWER: 4")
                : new AI.ChatResponse(new AI.ChatMessage(AI.ChatRole.Assistant, [new AI.FunctionCallContent(
                    "call-1", request.Options!.Tools!.Single(t => t.Name.EndsWith("understand_question", StringComparison.Ordinal)).Name,
                    new Dictionary<string, object?>(StringComparer.Ordinal) { ["question"] = Question })]))
                { FinishReason = AI.ChatFinishReason.ToolCalls }));
        var tool = new ScriptedChatClient(Notes);
        var builder = Kernel.CreateBuilder();
        // A kernel's prompts run on the model registered last, under a key or not.
        builder.Services.AddKeyedSingleton<AI.IChatClient>("verbal", tool);
        builder.Services.AddChatClient(main).UseKernelFunctionInvocation();
        var kernel = builder.Build();
        kernel.Plugins.AddCognitiveTools();
        return (kernel, main, tool);
    }
}
