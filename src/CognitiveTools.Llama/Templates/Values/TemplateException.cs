namespace CognitiveTools.Llama.Templates.Values;

/// <summary>
/// A chat template that cannot be rendered: it is malformed, it needs something that this renderer lacks, it refuses the
/// conversation itself, or it exceeds a limit. The message says which.
/// </summary>
internal sealed class TemplateException(string message) : NotSupportedException(message)
{
    /// <summary>Line of the template, counted from 1; 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>Whether the template itself refused the conversation, by <c>raise_exception</c>.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>The message with one mark at its end.</summary>
    public string Sentence => Message.TrimEnd('.') is var text && text is [.., '!' or '?'] ? text : text + ".";

    /// <summary>Something of Jinja or Python that this renderer does not have.</summary>
    /// <param name="construct">For example <c>the filter 'urlize'</c>.</param>
    public static TemplateException Unsupported(string construct) => new($"the renderer does not support {construct}");

    /// <summary>The same problem with its place.</summary>
    public TemplateException At(int line) => new(Message) { Line = line, IsRefusal = IsRefusal };
}
