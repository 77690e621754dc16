using System.ClientModel;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace CognitiveTools.Server.Tests;

/// <summary>Several calls of functions in one turn, through OpenAI's own client.</summary>
public sealed class SeveralCallsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Calls_come_whole_and_streamed_and_the_wish_for_one_call_reaches_the_model(bool? isParallel)
    {
        var model = new CallingClient();
        await using var server = await ServerUnderTest.StartAsync(model);
        var options = new ChatCompletionOptions { AllowParallelToolCalls = isParallel };
        options.Tools.Add(ChatTool.CreateFunctionTool("f", "x", BinaryData.FromString("""{"type":"object","properties":{}}""")));

        ChatCompletion whole = await server.OpenAI().CompleteChatAsync(
            [new UserChatMessage("hello")], options, TestContext.Current.CancellationToken);
        var calls = new SortedDictionary<int, (string Id, string Arguments)>();
        OpenAI.Chat.ChatFinishReason? finish = null;
        await foreach (var update in server.OpenAI().CompleteChatStreamingAsync(
            [new UserChatMessage("hello")], options, TestContext.Current.CancellationToken))
        {
            finish = update.FinishReason ?? finish;
            foreach (var call in update.ToolCallUpdates)
                calls.Add(call.Index, (call.ToolCallId, Plain(call.FunctionArgumentsUpdate)));
        }

        Assert.Equal(OpenAI.Chat.ChatFinishReason.ToolCalls, whole.FinishReason);
        Assert.Equal(OpenAI.Chat.ChatFinishReason.ToolCalls, finish);
        Assert.Equal(["a {\"n\":1}", "b {\"n\":2}"], whole.ToolCalls.Select(static call => $"{call.Id} {Plain(call.FunctionArguments)}"));
        Assert.Equal([(0, "a {\"n\":1}"), (1, "b {\"n\":2}")],
            calls.Select(static call => (call.Key, $"{call.Value.Id} {call.Value.Arguments}")));
        Assert.Equal([isParallel, isParallel], model.Allowed);
    }

    private static string Plain(BinaryData json) => System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString();

    private sealed class CallingClient : IChatClient
    {
        public List<bool?> Allowed { get; } = [];

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Allowed.Add(options!.AllowMultipleToolCalls);
            await Task.Yield();
            foreach (var (id, n) in new[] { ("a", 1), ("b", 2) })
                yield return new(ChatRole.Assistant, [new FunctionCallContent(id, "f", new Dictionary<string, object?> { ["n"] = n })]);
            yield return new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = 1, OutputTokenCount = 2 })])
            {
                FinishReason = ChatFinishReason.ToolCalls,
            };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
