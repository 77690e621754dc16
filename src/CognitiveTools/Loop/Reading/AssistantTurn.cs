using CognitiveTools.Calls;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Loop.Reading;

/// <summary>One turn of the model, as the call readers see it.</summary>
internal sealed class AssistantTurn(ChatMessage message, bool cut)
{
    /// <summary>The message, for readers of native calls.</summary>
    public ChatMessage Message => message;

    /// <summary>The text as written.</summary>
    public string Text { get; } = message.Text;

    /// <summary>The text with its private thoughts replaced by spaces; positions are the same as in <see cref="Text"/>.</summary>
    public string Visible { get; } = ThinkBlocks.Mask(message.Text);

    /// <summary>Whether a limit cut the text, so that an unfinished call at its end must not be completed by guessing.</summary>
    public bool Cut => cut;
}
