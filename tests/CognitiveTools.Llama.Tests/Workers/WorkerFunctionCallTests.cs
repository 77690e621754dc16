using System.ComponentModel;
using System.Text.Json;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Workers;
using CognitiveTools.TestModels;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Workers;

/// <summary>Calls of functions on a model in a worker process are those of the same model in this process.</summary>
public sealed class WorkerFunctionCallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ScriptedCalls.Template)]
    [InlineData(ScriptedCalls.Several)]
    [InlineData(null)] // ChatML, which knows no tools
    public async Task Calls_and_notes_are_the_same_whole_and_streamed(string? template)
    {
        var load = new LlamaModelOptions { Path = Write(template) };
        using var model = LlamaModel.Load(load);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var here = new LlamaChatClient(engine);
        await using var worker = Start(load);
        using var there = new LlamaWorkerClient(worker);
        var function = AIFunctionFactory.Create(([Description("A city.")] City city, int days) => $"{city} {days}", "get_weather");
        ChatMessage[] messages = [new(ChatRole.User, "hi")];

        foreach (var mode in (ChatToolMode[])[ChatToolMode.Auto, ChatToolMode.RequireAny, ChatToolMode.None])
        {
            var options = new ChatOptions { Tools = [function], ToolMode = mode, MaxOutputTokens = 120 };
            var expected = Written(await here.GetResponseAsync(messages, options, Token));
            Assert.Equal(expected, Written(await there.GetResponseAsync(messages, options, Token)));
            Assert.Equal(expected, Written(await there.GetStreamingResponseAsync(messages, options, Token).ToChatResponseAsync(Token)));
            Assert.Equal(mode == ChatToolMode.RequireAny, expected.Contains("get_weather", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Two_calls_and_their_results_go_round()
    {
        var load = new LlamaModelOptions { Path = Write(ScriptedCalls.Template) };
        load.TemplateVariables["script"] = "2";
        await using var worker = Start(load);
        var cities = new List<City>();
        using var client = new ChatClientBuilder(new LlamaWorkerClient(worker)).UseFunctionInvocation().Build();
        var function = AIFunctionFactory.Create(
            (City city) =>
            {
                cities.Add(city);
                return new { Degrees = 21, City = city };
            }, "get_weather");

        var response = await client.GetResponseAsync(
            [new(ChatRole.User, "hi")], new() { Tools = [function], MaxOutputTokens = 100 }, Token);

        Assert.Equal(2, cities.Count);
        Assert.DoesNotContain(response.Messages[^1].Contents, static content => content is FunctionCallContent);
    }

    [Fact]
    public async Task What_cannot_be_honoured_is_refused_in_the_same_words()
    {
        await using var worker = Start(new() { Path = Write(ScriptedCalls.Template) });
        using var client = new LlamaWorkerClient(worker);
        var function = AIFunctionFactory.Create(() => 1, "now");
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync(
            [new(ChatRole.User, "hi")], new() { Tools = [function], ResponseFormat = ChatResponseFormat.Json }, Token));
        Assert.Contains("cannot be combined", error.Message, StringComparison.Ordinal);
    }

    private static string Write(string? template) => TinyModel.Write(
        Path.Combine(Directory.CreateTempSubdirectory("cogtools-").FullName, "tiny.gguf"), 3,
        template is null ? new() : new TinyModelOptions { Template = template });

    private static LlamaWorker Start(LlamaModelOptions model) => new(
        model, new() { Threads = 1 },
        new() { FileName = "dotnet", Arguments = [Path.Combine(AppContext.BaseDirectory, "CognitiveTools.Llama.TestHost.dll")] });

    private static string Written(ChatResponse response) => JsonSerializer.Serialize(new
    {
        response.Text,
        Finish = response.FinishReason?.Value,
        Calls = response.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>()
            .Select(static call => $"{call.CallId} {call.Name} {JsonSerializer.Serialize(call.Arguments)}"),
        Notes = response.AdditionalProperties?["cognitive_tools.notes"],
        response.Usage?.OutputTokenCount,
    });

    public enum City
    {
        Paris,
        Rome,
    }
}
