using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Calls;

/// <summary>
/// What a client has given of one turn so far. Filled by the one that listens to the client, read by the one that waits for it,
/// perhaps while the client goes on. Thread-safe.
/// </summary>
internal sealed class TurnText(IProgress<TextPiece>? observer)
{
    private readonly Lock _gate = new();
    private readonly List<ChatResponseUpdate> _updates = [];
    private bool _isClosed;
    private bool _isBilled;

    /// <summary>Whether the client's bill is the last thing it gave, so that it covers all of the text.</summary>
    public bool IsBilled
    {
        get
        {
            lock (_gate)
                return _isBilled;
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _updates.Count == 0;
        }
    }

    public void Add(ChatResponseUpdate update)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            _updates.Add(update);
            foreach (var content in update.Contents)
                _isBilled = content is UsageContent
                    || (_isBilled && content is not (TextContent { Text.Length: > 0 } or TextReasoningContent or FunctionCallContent));
        }

        foreach (var content in update.Contents)
        {
            if (content is TextContent { Text.Length: > 0 } said)
                observer?.Report(new TextPiece(said.Text, IsThought: false));
            else if (content is TextReasoningContent { Text.Length: > 0 } thought)
                observer?.Report(new TextPiece(thought.Text, IsThought: true));
        }
    }

    /// <summary>The response so far; what comes later is not taken any more.</summary>
    public ChatResponse Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            return _updates.ToChatResponse();
        }
    }
}
