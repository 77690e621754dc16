using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Testing;

/// <summary>
/// A chat client that plays a script instead of running a model, so that hosts and loops can be tested offline. It behaves
/// like a real one where it matters: it stops at stop sequences, honours the output limit, reports usage (one token per
/// word between white space) and gives its metadata. Thread-safe.
/// </summary>
public sealed class ScriptedChatClient : IChatClient
{
    private static readonly char[] Blank = [' ', '\t', '\r', '\n'];

    private readonly Func<ScriptedRequest, CancellationToken, Task<ChatResponse>> _respond;
    private readonly List<ScriptedRequest> _requests = [];
    private readonly ChatClientMetadata _metadata = new("scripted", defaultModelId: "scripted");

    /// <summary>Plays the replies in order; a request beyond the last one throws <see cref="InvalidOperationException"/>.</summary>
    public ScriptedChatClient(params string[] replies)
        : this(request => request.Index < replies.Length
            ? replies[request.Index]
            : throw new InvalidOperationException($"The script has {replies.Length} replies and none for request {request.Index + 1}."))
    {
    }

    /// <summary>Answers each request with the text that a function gives.</summary>
    public ScriptedChatClient(Func<ScriptedRequest, string> respond)
        : this((request, _) => Task.FromResult(Generate(request, respond(request))))
    {
    }

    /// <summary>Answers each request with the response that a function gives, unchanged.</summary>
    public ScriptedChatClient(Func<ScriptedRequest, CancellationToken, Task<ChatResponse>> respond) => _respond = respond;

    /// <summary>The requests so far, in order.</summary>
    public IReadOnlyList<ScriptedRequest> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ScriptedRequest request;
        lock (_requests)
        {
            request = new ScriptedRequest(_requests.Count, [.. messages.Select(m => m.Clone())], options?.Clone());
            _requests.Add(request);
        }

        return _respond(request, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
            yield return update;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held: a script outlives the host that disposes it, so that tests can read the requests.
    }

    /// <summary>Makes the response a model would: the text cut at the first stop sequence and at the output limit, with usage.</summary>
    public static ChatResponse Generate(ScriptedRequest request, string text)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(text);
        foreach (var stop in request.Options?.StopSequences ?? [])
        {
            var at = text.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0)
                text = text[..at];
        }

        var finish = ChatFinishReason.Stop;
        if (request.Options?.MaxOutputTokens is { } limit && EndOfWord(text, limit) is var end && end < text.TrimEnd().Length)
        {
            text = text[..end];
            finish = ChatFinishReason.Length;
        }

        var input = request.Messages.Sum(m => Words(m.Text));
        var output = Words(text);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
        {
            ModelId = "scripted",
            FinishReason = finish,
            Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output },
        };
    }

    private static int Words(string text) => text.Split(Blank, StringSplitOptions.RemoveEmptyEntries).Length;

    private static int EndOfWord(string text, int count)
    {
        var at = 0;
        while (count-- > 0 && at < text.Length)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
                at++;
        }

        return at;
    }
}
