using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>The calls and results that a conversation holds already: finds out whether a template writes all of them.</summary>
internal sealed class EarlierCalls
{
    /// <summary>The remark for a response whose prompt had them as text.</summary>
    public const string Note = "Earlier calls of functions and their results were given to the model as text, because its chat template "
        + "does not write them all.";

    private readonly ChatMessage[] _marked;
    private int _count;

    private EarlierCalls(IReadOnlyList<ChatMessage> messages) => _marked = [.. messages.Select(Marked)];

    /// <summary>Those of a conversation; <see langword="null"/> without any.</summary>
    public static EarlierCalls? In(IReadOnlyList<ChatMessage> messages) =>
        messages.Any(static m => m.Contents.Any(static content => content is FunctionCallContent or FunctionResultContent))
            ? new(messages)
            : null;

    /// <summary>Whether each of them is in the rendered conversation. Each is replaced by a text of its own, which is looked for.</summary>
    /// <param name="render">Renders a conversation.</param>
    public bool AreAllWritten(Func<IReadOnlyList<ChatMessage>, string> render)
    {
        ArgumentNullException.ThrowIfNull(render);
        string text;
        try
        {
            text = render(_marked);
        }
        catch (NotSupportedException)
        {
            return true; // it wants certain names; it wrote the real ones
        }

        return Enumerable.Range(0, _count).All(i => text.Contains(Mark(i), StringComparison.Ordinal));
    }

    private ChatMessage Marked(ChatMessage message) =>
        new(message.Role, [.. message.Contents.Select(Marked)]) { AuthorName = message.AuthorName };

    private AIContent Marked(AIContent content) => content switch
    {
        FunctionCallContent call => new FunctionCallContent(call.CallId, Mark(_count++), call.Arguments),
        FunctionResultContent result => new FunctionResultContent(result.CallId, Mark(_count++)),
        _ => content,
    };

    private static string Mark(int index) => $"cog_call_{index}_mark";
}
