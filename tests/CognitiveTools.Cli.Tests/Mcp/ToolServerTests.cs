using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using CognitiveTools.Calls;
using CognitiveTools.Cli.Mcp;
using CognitiveTools.Functions;
using CognitiveTools.Prompts;
using CognitiveTools.Testing;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Tests.Mcp;

/// <summary>The server of the protocol, line by line, on pipes.</summary>
public sealed class ToolServerTests
{
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":"""
        + """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_closes_its_side_in_the_middle_of_a_call_ends_the_call_and_the_server()
    {
        var (started, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var served = new Client(new ScriptedChatClient(async (_, token) =>
        {
            token.Register(() => cancelled.TrySetResult());
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        }));
        await served.SendAsync(Initialize);
        await served.ReceiveAsync();
        await served.SendAsync(
            """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"understand_question","arguments":{"question":"x"}}}""");
        await started.Task.WaitAsync(Patience, Token);

        await served.LeaveAsync();

        await cancelled.Task.WaitAsync(Patience, Token);
        await served.Ended.WaitAsync(Patience, Token);
    }

    [Theory]
    [InlineData("initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x"}}""", "clientInfo.version")]
    [InlineData("initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"version":"1"}}""", "clientInfo.name")]
    [InlineData("initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":"x"}""", "clientInfo")]
    [InlineData("initialize", """{"protocolVersion":"2025-06-18","clientInfo":{"name":"x","version":"1"}}""", "capabilities")]
    [InlineData("initialize", """{"protocolVersion":7,"capabilities":{},"clientInfo":{"name":"x","version":"1"}}""", "protocolVersion")]
    [InlineData("initialize", "{}", "protocolVersion")]
    [InlineData("initialize", null, "protocolVersion")]
    [InlineData("tools/call", """{"arguments":{}}""", "name")]
    [InlineData("tools/call", """{"name":7}""", "name")]
    [InlineData("tools/call", """{"name":"understand_question","arguments":"x"}""", "arguments")]
    [InlineData("tools/call", """{"name":"understand_question","arguments":[1]}""", "arguments")]
    [InlineData("tools/call", null, "name")]
    [InlineData("tools/list", """{"cursor":{}}""", "cursor")]
    public async Task Parameters_of_the_wrong_shape_are_an_error_that_names_the_field(string method, string? parameters, string field)
    {
        using var served = new Client(new ScriptedChatClient("never"));
        if (method != "initialize")
        {
            await served.SendAsync(Initialize);
            await served.ReceiveAsync();
        }

        await served.SendAsync(
            $$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}"{{(parameters is null ? "" : $",\"params\":{parameters}")}}}""");
        var answer = await served.ReceiveAsync();

        Assert.Equal(7, answer.GetProperty("id").GetInt32());
        Assert.Equal(-32602, answer.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Contains(field, answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        await served.LeaveAsync();
        await served.Ended.WaitAsync(Patience, Token);
    }

    private sealed class Client : IDisposable
    {
        private readonly Pipe _to = new();
        private readonly Pipe _from = new();
        private readonly StreamReader _answers;

        public Client(IChatClient model)
        {
            var functions = CognitiveToolFunctions.Create(
                ToolCatalog.Embedded("mini"), PromptProfile.Embedded("mini"), new IsolatedCall(model));
            _answers = new StreamReader(_from.Reader.AsStream());
            Ended = ToolServer.RunAsync(
                functions, _to.Reader.AsStream(), _from.Writer.AsStream(), new ServiceCollection().BuildServiceProvider(), Token);
        }

        public Task Ended { get; }

        public async Task SendAsync(string line) => await _to.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), Token);

        public async Task<JsonElement> ReceiveAsync() =>
            JsonElement.Parse((await _answers.ReadLineAsync(Token).AsTask().WaitAsync(Patience, Token))!);

        public async Task LeaveAsync() => await _to.Writer.CompleteAsync();

        public void Dispose() => _answers.Dispose();
    }
}
