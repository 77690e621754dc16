using System.Text;
using LLama;
using LLama.Native;
using Microsoft.Extensions.AI;

namespace CognitiveTools.LLamaSharp.Chat;

/// <summary>
/// Conversations in the chat template of one model, as the text that an executor reads. Thread-safe: it only reads the model.
/// </summary>
internal sealed class ExecutorPrompt
{
    private const char ZeroWidthSpace = '\u200b';

    private readonly LLamaWeights _weights;
    private readonly string[] _specials;

    /// <exception cref="NotSupportedException">llama.cpp cannot apply the model's chat template.</exception>
    internal ExecutorPrompt(LLamaWeights weights)
    {
        _weights = weights;
        _specials = [.. Specials(weights).OrderByDescending(static text => text.Length)];
        Apply([new(ChatRole.User, "x")]);
    }

    /// <summary>The text of a conversation, ready for the assistant's turn.</summary>
    /// <exception cref="NotSupportedException">A message holds content other than text.</exception>
    internal string Render(IEnumerable<ChatMessage> messages, ChatOptions? options)
        => Apply(options?.Instructions is { Length: > 0 } instructions ? messages.Prepend(new(ChatRole.System, instructions)) : messages);

    /// <summary>Tokens of a rendered conversation, counted as the executor tokenizes it.</summary>
    internal int Count(string prompt) => _weights.Tokenize(prompt, add_bos: true, special: true, Encoding.UTF8).Length;

    private string Apply(IEnumerable<ChatMessage> messages)
    {
        var template = new LLamaTemplate(_weights) { AddAssistant = true };
        foreach (var message in messages)
            template.Add(message.Role.Value, AsData(TextOf(message)));
        try
        {
            return Encoding.UTF8.GetString(template.Apply());
        }
        catch (Exception e) when (e is not (OutOfMemoryException or NotSupportedException))
        {
            throw new NotSupportedException(
                $"llama.cpp cannot apply the chat template of this model ({e.Message}). "
                + "Use CognitiveTools.Llama, or a model with one of llama.cpp's built-in templates.",
                e);
        }
    }

    private static string TextOf(ChatMessage message)
    {
        var other = message.Contents.FirstOrDefault(static content => content is not TextContent);
        return other is null
            ? string.Concat(message.Contents.OfType<TextContent>().Select(static content => content.Text))
            : throw new NotSupportedException(
                $"A message of the role {message.Role} holds {other.GetType().Name}; the LLamaSharp client takes text only.");
    }

    private string AsData(string text)
    {
        foreach (var special in _specials.Where(special => text.Contains(special, StringComparison.Ordinal)))
            text = text.Replace(
                special, string.Concat(special.AsSpan(0, 1), [ZeroWidthSpace], special.AsSpan(1)), StringComparison.Ordinal);
        return text;
    }

    private static IEnumerable<string> Specials(LLamaWeights weights)
    {
        for (var token = 0; token < weights.Vocab.Count; token++)
        {
            var attributes = ((LLamaToken)token).GetAttributes(weights.NativeHandle);
            // LLamaSharp reads user-defined tokens in any text as tokens; only control and unknown tokens must be hidden in contents.
            if ((attributes.HasFlag(LLamaTokenAttr.Control) || attributes.HasFlag(LLamaTokenAttr.Unknown))
                && weights.Vocab.LLamaTokenToString(token, isSpecialToken: true) is { Length: > 1 } text)
                yield return text;
        }
    }
}
