using System.Text.Json;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.TestModels;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Chat;

/// <summary>Stop sequences end the visible text before a call, and mean nothing within one.</summary>
public sealed class StopsAndCallsTests
{
    private const string Call = "\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Rome\"}}\n";

    private static readonly AIFunctionDeclaration Weather = AIFunctionFactory.CreateDeclaration("get_weather", "The weather.",
        JsonDocument.Parse("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""").RootElement);

    private static readonly string[] Token = ["+<tool_call>", "+</tool_call>"];

    public static TheoryData<string, string[], string[], string, int> Models => new()
    {
        { "in the arguments", Token, ["\n", "<tool_call>", Call, "</tool_call>"], "Rome", 1 },
        { "in the mark", Token, ["\n", "<tool_call>", Call, "</tool_call>"], "<tool", 1 },
        { "over the mark's end", Token, ["\n", "<tool_call>", Call, "</tool_call>"], ">\n{", 1 },
        { "behind the call", Token, ["\n", "<tool_call>", Call, "</tool_call>"], "</tool_call>", 1 },
        { "in a mark of several tokens", [], ["\n", "Look: ", "<tool", "_call>", Call, "</tool_call>"], "<tool", 1 },
        { "into a mark of several tokens", [], ["\n", "Look: ", "<tool", "_call>", Call, "</tool_call>"], "k: <", 1 },
        { "before the call", [], ["\n", "Look: ", "<tool", "_call>", Call, "</tool_call>"], "k:", 0 },
        { "in what is no mark", [], ["\n", "Look: ", "<tool", "_box>", " yes"], ": <tool", 0 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_stop_sequence_ends_the_text_and_cuts_no_call(string where, string[] special, string[] chain, string stop, int calls)
    {
        Assert.NotEmpty(where);
        using var model = LlamaModel.Load(new()
        {
            Path = ScriptedModel.Write(
                Path.Combine(Directory.CreateTempSubdirectory("cogtools-").FullName, "scripted.gguf"), ScriptedCalls.Several,
                special, chain),
        });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        var options = new ChatOptions { Tools = [Weather], AllowMultipleToolCalls = false, StopSequences = [stop], MaxOutputTokens = 100 };

        foreach (var isStreamed in (bool[])[false, true])
        {
            var response = await AskAsync(client, options, isStreamed);
            var expected = calls > 0 ? string.Concat(chain[1..]).Split("<tool_call>")[0] : string.Concat(chain[1..]).Split(stop)[0];
            Assert.Equal(expected.Trim(), response.Text.Trim());
            Assert.Equal(calls > 0 ? ["Rome"] : [], Cities(response));
            Assert.Equal(calls > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop, response.FinishReason);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_required_call_is_not_cut_either(bool isStreamed)
    {
        using var model = LlamaModel.Load(new()
        {
            Path = ScriptedModel.Write(
                Path.Combine(Directory.CreateTempSubdirectory("cogtools-").FullName, "scripted.gguf"), ScriptedCalls.Several, Token,
                ["\n", "<tool_call>", Call, "</tool_call>"]),
        });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        var options = new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireAny, StopSequences = ["\n", "Rome"] };

        var response = await AskAsync(client, options, isStreamed);

        Assert.Equal(("", ChatFinishReason.ToolCalls), (response.Text, response.FinishReason));
        Assert.NotEmpty(Cities(response));
    }

    private static async Task<ChatResponse> AskAsync(LlamaChatClient client, ChatOptions options, bool isStreamed)
    {
        var token = TestContext.Current.CancellationToken;
        ChatMessage[] messages = [new(ChatRole.User, "hi")];
        return isStreamed
            ? await client.GetStreamingResponseAsync(messages, options, token).ToChatResponseAsync(token)
            : await client.GetResponseAsync(messages, options, token);
    }

    private static string[] Cities(ChatResponse response) => [.. response.Messages.SelectMany(static message => message.Contents)
        .OfType<FunctionCallContent>().Select(static call => call.Arguments!["city"]!.ToString()!)];
}
