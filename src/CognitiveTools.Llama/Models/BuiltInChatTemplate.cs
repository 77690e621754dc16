using System.Text;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Text;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Models;

/// <summary>One of llama.cpp's built-in chat templates, rendered with placeholders so that contents never meet the template.</summary>
internal sealed unsafe class BuiltInChatTemplate : ChatTemplate
{
    private readonly string _name;
    private readonly ChatTemplateFacts _facts;

    /// <exception cref="NotSupportedException">llama.cpp has no template of this name, or options give variables.</exception>
    internal BuiltInChatTemplate(string name, ChatTemplateFacts facts)
    {
        (_name, _facts) = (name, facts);
        var names = Names();
        if (!names.Contains(name, StringComparer.Ordinal))
            throw new NotSupportedException(
                $"'{name}' is not the name of a chat template.{Nearest.Hint(name, names)} "
                + $"Give Jinja text, or one of: {string.Join(", ", names.Order(StringComparer.Ordinal))}.");
        RefuseVariables(new() { Variables = facts.Variables });
    }

    internal override string Description => $"llama.cpp's built-in template {_name}";

    /// <summary>Names of the templates that llama.cpp brings.</summary>
    internal static string[] Names()
    {
        var names = new nint[NativeMethods.llama_chat_builtin_templates(null, 0)];
        fixed (nint* first = names)
            _ = NativeMethods.llama_chat_builtin_templates(first, (nuint)names.Length);
        return Array.ConvertAll(names, static name => NativeRuntime.Text((byte*)name));
    }

    internal override List<ChatSpan> Render(IReadOnlyList<ChatMessage> messages, PromptSettings settings)
    {
        RefuseVariables(settings);
        return Render([.. messages.Select(static m => (m.Role.Value, TextOf(m)))]);
    }

    private List<ChatSpan> Render(IReadOnlyList<(string Role, string Content)> messages)
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
                    $"The chat template of {_facts.ModelName} has no place for message {i} of role '{messages[i].Role}'. "
                    + $"Put its text into a user message. {Remedy}");
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
        fixed (byte* templateStart = NativeRuntime.NullTerminated(_name), textStart = texts)
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
                    throw new NotSupportedException($"llama.cpp could not render its template {_name}. {Remedy}");
                if (length <= output.Length)
                    return Encoding.UTF8.GetString(output, 0, length);
                output = new byte[length];
            }
        }
    }

    private void RefuseVariables(PromptSettings settings)
    {
        if (settings.Variables.Count > 0 || settings.Effort is not null || settings.Functions.Count > 0)
            throw new NotSupportedException(
                $"{Description} takes messages only: no variables, no thinking and no tools. Leave them out, or "
                + "give the model's template as a file.");
    }

    private static string TextOf(ChatMessage message)
    {
        var strange = message.Contents.FirstOrDefault(static c => c is not (TextContent or TextReasoningContent or UsageContent));
        if (strange is not null)
            throw new NotSupportedException(
                $"A built-in chat template takes text messages only, but a {message.Role} message holds {strange.GetType().Name}. "
                + "Send its content as text, or give the model's template as a file.");
        return message.Text;
    }
}
