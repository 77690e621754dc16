using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Models;

/// <summary>A span of a rendered conversation: the template's own text, or text of the conversation.</summary>
internal readonly record struct ChatSpan(string Text, bool IsContent);

/// <summary>What turns a conversation into a model's prompt.</summary>
internal abstract class ChatTemplate
{
    /// <summary>The remedy for a model without a usable template.</summary>
    internal const string Remedy =
        "Give a template that fits the model: --chat-template FILE|NAME, or the setting Llama:ChatTemplate. "
        + "A name is one of llama.cpp's built-in templates, for example chatml.";

    /// <summary>What it is, for reports.</summary>
    internal abstract string Description { get; }

    /// <summary>Its Jinja source; <see langword="null"/> for a built-in one.</summary>
    internal virtual string? Source => null;

    /// <summary>Variables that it reads beside the conversation.</summary>
    internal virtual IReadOnlyList<string> Variables => [];

    /// <summary>Renders a conversation up to where the assistant's answer begins.</summary>
    /// <exception cref="NotSupportedException">The template cannot render this conversation, or leaves a message out.</exception>
    internal abstract IReadOnlyList<ChatSpan> Render(IReadOnlyList<ChatMessage> messages, PromptSettings settings);

    /// <summary>Makes a template from its Jinja source or the name of a built-in one.</summary>
    /// <param name="template">The source or the name.</param>
    /// <param name="isOwn">Whether it is the model's own.</param>
    /// <param name="facts">What the model gives to it.</param>
    /// <exception cref="NotSupportedException">There is no such name, or the source cannot be rendered here.</exception>
    internal static ChatTemplate Create(string template, bool isOwn, ChatTemplateFacts facts) => IsSource(template)
        ? new JinjaChatTemplate(template, isOwn, facts)
        : new BuiltInChatTemplate(template, facts);

    /// <summary>Whether a text is a template's source, not a name.</summary>
    internal static bool IsSource(string template) =>
        template.Contains("{{", StringComparison.Ordinal) || template.Contains("{%", StringComparison.Ordinal)
        || template.Contains('\n', StringComparison.Ordinal);
}
