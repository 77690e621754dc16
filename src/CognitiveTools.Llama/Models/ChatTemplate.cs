using System.Text;
using CognitiveTools.Llama.Binding;

namespace CognitiveTools.Llama.Models;

/// <summary>A span of a rendered conversation: the template's own text, or a message's content.</summary>
internal readonly record struct ChatSpan(string Text, bool IsContent);

/// <summary>llama.cpp's built-in chat templates, rendered with placeholders so that contents never meet the template.</summary>
internal sealed unsafe class ChatTemplate
{
    /// <summary>The remedy for a model without a usable template.</summary>
    internal const string Remedy =
        "In code, set LlamaModelOptions.ChatTemplate to the name of a similar built-in template, for example chatml. "
        + "In cogtools, use a model whose template llama.cpp knows: give --model a name that `cogtools models list` shows.";

    private const string ZephyrEnd = "<|endoftext|>";

    private readonly string _template;
    private readonly string _modelName; // the file's name without its folder: messages may reach the author of the conversation
    private readonly string? _endOfTurn;

    internal ChatTemplate(string template, string endText, string modelPath)
    {
        (_template, _modelName) = (template, Path.GetFileName(modelPath));
        // The Zephyr family that ends turns with the end-of-text token (TinyLlama among it): llama.cpp takes it for another
        // family and leaves the ends of turns out. Its own Zephyr template differs only in the name of that token.
        if (template.Contains("<|user|>", StringComparison.Ordinal) && template.Contains("<|assistant|>", StringComparison.Ordinal)
            && template.Contains("+ eos_token", StringComparison.Ordinal) && !template.Contains("<|end|>", StringComparison.Ordinal)
            && !template.Contains(ZephyrEnd, StringComparison.Ordinal) && endText.Length > 0)
            (_template, _endOfTurn) = ("zephyr", endText);
    }

    /// <summary>Renders a conversation up to where the assistant's answer begins.</summary>
    /// <exception cref="NotSupportedException">llama.cpp does not know the template, or it leaves a message out.</exception>
    internal List<ChatSpan> Render(IReadOnlyList<(string Role, string Content)> messages)
    {
        // A second rendering with padded placeholders shows which contents the template trims.
        var plain = Split(Apply([.. messages.Select(static (m, i) => (m.Role, Placeholder(i)))]), messages);
        var padded = Split(Apply([.. messages.Select(static (m, i) => (m.Role, $" {Placeholder(i)} "))]), messages);
        var spans = new List<ChatSpan>();
        var previousTrimmed = true; // there is no content before the first separator
        for (var i = 0; i < plain.Count; i++)
        {
            var (separator, message) = plain[i];
            if (separator.Length > 0)
                spans.Add(new(separator, IsContent: false));
            if (message < 0)
                break;
            var padding = padded[i].Separator.Length - separator.Length - (previousTrimmed ? 0 : 1);
            previousTrimmed = padding <= 0;
            var content = messages[message].Content;
            spans.Add(new(previousTrimmed ? content.Trim() : content, IsContent: true));
        }

        return spans;
    }

    // Templates never contain these control characters, and trimming does not remove them.
    private static string Placeholder(int index) => $"\u0002{index}\u0003";

    private List<(string Separator, int Message)> Split(string rendered, IReadOnlyList<(string Role, string Content)> messages)
    {
        var parts = new List<(string, int)>();
        var seen = new HashSet<int>();
        var at = 0;
        while (true)
        {
            var start = rendered.IndexOf('\u0002', at);
            if (start < 0)
                break;
            var end = rendered.IndexOf('\u0003', start);
            var message = int.Parse(rendered.AsSpan(start + 1, end - start - 1));
            parts.Add((rendered[at..start], message));
            seen.Add(message);
            at = end + 1;
        }

        parts.Add((rendered[at..], -1));
        for (var i = 0; i < messages.Count; i++)
        {
            if (!seen.Contains(i) && messages[i].Content.Length > 0)
                throw new NotSupportedException(
                    $"The chat template of {_modelName} has no place for message {i} of role '{messages[i].Role}'. "
                    + "Put its text into a user message, or set LlamaModelOptions.ChatTemplate.");
        }

        return parts;
    }

    private string Apply(IReadOnlyList<(string Role, string Content)> messages)
    {
        var strings = messages.SelectMany(static m => new[] { m.Role, m.Content }).Select(NativeRuntime.NullTerminated).ToArray();
        var offsets = new int[strings.Length];
        var pool = new MemoryStream();
        for (var i = 0; i < strings.Length; i++)
        {
            offsets[i] = (int)pool.Length;
            pool.Write(strings[i]);
        }

        var texts = pool.ToArray();
        var output = new byte[texts.Length * 2 + 1024];
        fixed (byte* templateStart = NativeRuntime.NullTerminated(_template), textStart = texts)
        fixed (NativeChatMessage* native = new NativeChatMessage[messages.Count])
        {
            for (var i = 0; i < messages.Count; i++)
                native[i] = new() { Role = textStart + offsets[2 * i], Content = textStart + offsets[2 * i + 1] };
            while (true)
            {
                int length;
                fixed (byte* buffer = output)
                    length = NativeMethods.llama_chat_apply_template(
                        templateStart, native, (nuint)messages.Count, addAssistant: 1, buffer, output.Length);
                if (length < 0)
                    throw new NotSupportedException($"llama.cpp has no built-in support for the chat template of {_modelName}. {Remedy}");
                if (length <= output.Length)
                {
                    // Contents are still placeholders, so this replaces the template's own text only.
                    var rendered = Encoding.UTF8.GetString(output, 0, length);
                    return _endOfTurn is null ? rendered : rendered.Replace(ZephyrEnd, _endOfTurn, StringComparison.Ordinal);
                }


                output = new byte[length];
            }
        }
    }
}
