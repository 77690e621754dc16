using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Calls;

/// <summary>
/// What a client has returned of one turn so far. One flow reads the client and adds
/// updates; another waits for it and may read them earlier, after a timeout. Thread-safe.
/// </summary>
internal sealed class TurnText(IProgress<TextPiece>? observer)
{
    private readonly Lock _gate = new();
    private readonly List<ChatResponseUpdate> _updates = [];
    private readonly ThoughtSplitter _thoughts = new(startOnly: false); // of what the observer gets
    private bool _isClosed;
    private bool _isBilled;

    /// <summary>Whether the usage is the client's last update, so that it covers all of the text.</summary>
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
                Report(_thoughts.Take(said.Text));
            else if (content is TextReasoningContent { Text.Length: > 0 } thought)
                observer?.Report(new TextPiece(thought.Text, IsThought: true));
        }
    }

    /// <summary>Reports the end of the text; called by the flow that adds updates.</summary>
    public void Complete() => Report(_thoughts.Rest());

    /// <summary>The response so far; later updates are ignored.</summary>
    public ChatResponse Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            return _updates.ToChatResponse();
        }
    }

    private void Report(IEnumerable<(string Text, bool IsThought)> pieces)
    {
        foreach (var (text, isThought) in pieces)
            observer?.Report(new TextPiece(text, isThought));
    }
}
