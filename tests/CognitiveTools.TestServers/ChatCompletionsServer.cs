using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CognitiveTools.TestServers;

/// <summary>
/// A server on loopback that speaks OpenAI's chat completions and answers as a script says. Like a real one it stops at stop
/// sequences, counts usage (one token per word), streams when asked to, and refuses a wrong key, address or model name.
/// </summary>
public sealed class ChatCompletionsServer : IAsyncDisposable
{
    public const string Model = "scripted-1";

    private readonly WebApplication _app;
    private readonly Func<ChatCall, ChatReply> _answer;
    private readonly string? _key;
    private readonly List<ChatCall> _calls = [];

    private ChatCompletionsServer(Func<ChatCall, ChatReply> answer, string? key)
    {
        (_answer, _key) = (answer, key);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        foreach (var path in (string[])["/v1/chat/completions", "/v1/responses", "/openai/deployments/one/chat/completions"])
            _app.MapPost(path, CompleteAsync);
        foreach (var path in (string[])["/v1/models", "/openai/deployments/one/models"])
            _app.MapGet(path, ListAsync);
    }

    /// <summary>The address to configure, for instance <c>http://127.0.0.1:40123/v1</c>.</summary>
    public string Endpoint => _app.Urls.Single() + "/v1";

    /// <summary>The server's address without a path.</summary>
    public string Root => _app.Urls.Single();

    /// <summary>Answers requests for the list of models; by default it has one model.</summary>
    public ChatReply? Models { get; set; }

    /// <summary>Requests for the list of models so far.</summary>
    public int ModelsAsked { get; private set; }

    /// <summary>Every request for a completion so far, in order.</summary>
    public IReadOnlyList<ChatCall> Calls
    {
        get
        {
            lock (_calls)
                return [.. _calls];
        }
    }

    /// <param name="answer">Answers a request.</param>
    /// <param name="key">The key to ask for; <see langword="null"/> for none.</param>
    public static async Task<ChatCompletionsServer> StartAsync(Func<ChatCall, ChatReply> answer, string? key = null)
    {
        var server = new ChatCompletionsServer(answer, key);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Plays the replies in order, the last one again and again.</summary>
    public static Task<ChatCompletionsServer> StartAsync(params string[] replies) =>
        StartAsync(call => new ChatReply(replies[Math.Min(call.Index, replies.Length - 1)]));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ListAsync(HttpContext context)
    {
        ModelsAsked++;
        if (Models is { Body: not null } reply)
            await WriteRawAsync(context, reply);
        else if (IsRefused(context))
            await FailAsync(context, 401, "invalid_api_key", "Incorrect API key provided.");
        else
            await context.Response.WriteAsync($$$"""{"object":"list","data":[{"id":"{{{Model}}}","object":"model"}]}""");
    }

    private async Task CompleteAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        ChatCall call;
        lock (_calls)
        {
            call = new ChatCall(_calls.Count, body, context.Request.Headers.Authorization.ToString())
            {
                Address = context.Request.Path + context.Request.QueryString,
                ApiKey = context.Request.Headers["api-key"].ToString(),
            };
            _calls.Add(call);
        }

        if (IsRefused(context))
        {
            await FailAsync(context, 401, "invalid_api_key", "Incorrect API key provided.");
            return;
        }

        if ((string?)body["model"] != Model)
        {
            await FailAsync(context, 404, "model_not_found", $"The model '{body["model"]}' does not exist.");
            return;
        }

        var reply = _answer(call);
        if (reply.RetryAfter is { } after)
            context.Response.Headers.RetryAfter = after;
        if (reply.Location is { } target)
            context.Response.Headers.Location = target;
        if (reply.IsSilent)
            context.Abort();
        else if (reply.Body is not null)
            await WriteRawAsync(context, reply);
        else if (reply.Status != 200)
            await FailAsync(context, reply.Status, reply.Code, reply.Text);
        else if ((bool?)body["stream"] is true)
            await StreamAsync(context, call, reply);
        else
            await WriteAsync(context, Completion(call, reply));
    }

    private bool IsRefused(HttpContext context) => _key is not null
        && context.Request.Headers.Authorization != $"Bearer {_key}" && context.Request.Headers["api-key"] != _key;

    private static async Task FailAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        await WriteAsync(context,
            new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "error", ["code"] = code } });
    }

    private static JsonObject Completion(ChatCall call, ChatReply reply)
    {
        var text = reply.CutFor(call);
        return new JsonObject
        {
            ["id"] = $"chatcmpl-{call.Index}",
            ["object"] = "chat.completion",
            ["created"] = 1,
            ["model"] = Model,
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = reply.MessageFor(call),
                ["finish_reason"] = reply.Calls.Count > 0 ? "tool_calls" : reply.Finish,
            }),
            ["usage"] = Usage(call, text),
        };
    }

    private static JsonObject Usage(ChatCall call, string text)
    {
        var (input, output) = (call.Messages.Sum(m => Words(m.Text)), Words(text));
        return new JsonObject { ["prompt_tokens"] = input, ["completion_tokens"] = output, ["total_tokens"] = input + output };
    }

    private static async Task StreamAsync(HttpContext context, ChatCall call, ChatReply reply)
    {
        context.Response.ContentType = "text/event-stream";
        var text = reply.CutFor(call);
        foreach (var piece in text.Chunk(4))
            await SendAsync(new JsonObject { ["content"] = new string(piece) }, finish: null, usage: null);
        if (reply.Breaks)
        {
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        foreach (var piece in reply.CallPieces())
            await SendAsync(new JsonObject { ["tool_calls"] = new JsonArray(piece) }, finish: null, usage: null);
        await SendAsync([], reply.Calls.Count > 0 ? "tool_calls" : reply.Finish, Usage(call, text));
        await context.Response.WriteAsync("data: [DONE]\n\n");

        async Task SendAsync(JsonObject delta, string? finish, JsonObject? usage)
        {
            var chunk = new JsonObject
            {
                ["id"] = string.Create(CultureInfo.InvariantCulture, $"chatcmpl-{call.Index}"),
                ["object"] = "chat.completion.chunk",
                ["created"] = 1,
                ["model"] = Model,
                ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
                ["usage"] = usage,
            };
            await context.Response.WriteAsync($"data: {chunk.ToJsonString()}\n\n");
        }
    }

    private static async Task WriteRawAsync(HttpContext context, ChatReply reply)
    {
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.BodyType;
        await context.Response.WriteAsync(reply.Body!);
        if (!reply.Breaks)
            return;
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static async Task WriteAsync(HttpContext context, JsonObject json)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json.ToJsonString(JsonSerializerOptions.Default));
    }

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
