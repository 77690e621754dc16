using System.Runtime.CompilerServices;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Chat;

/// <summary>The assistant's turn of a conversation, in this process or in a worker.</summary>
internal static class ChatTurn
{
    /// <summary>Generates the turn; a prompt that does not fit is a result.</summary>
    /// <exception cref="NotSupportedException">The template or the engine cannot do what is asked.</exception>
    public static async Task<ChatResult> AnswerAsync(
        LlamaEngine engine, IEnumerable<ChatMessage> messages, PromptSettings settings, GenerationOptions options,
        CancellationToken cancellationToken)
    {
        var (prompt, generation, calls, notes) = Prepare(engine, messages, settings, options);
        Generation result;
        try
        {
            result = await engine.GenerateAsync(prompt, generation, cancellationToken).ConfigureAwait(false);
        }
        catch (ContextFullException)
        {
            result = Generation.ContextTooSmall;
        }

        return calls is null ? new(result) { Notes = notes } : CallFilter.Read(result, calls);
    }

    /// <summary>As <see cref="AnswerAsync"/>, piece by piece; calls come whole with the last one.</summary>
    public static async IAsyncEnumerable<ChatPiece> StreamAsync(
        LlamaEngine engine, IEnumerable<ChatMessage> messages, PromptSettings settings, GenerationOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (prompt, generation, calls, notes) = Prepare(engine, messages, settings, options);
        if (prompt.Length >= engine.ContextLength)
        {
            yield return new("", IsThought: false, new(Generation.ContextTooSmall));
            yield break;
        }

        var filter = calls is null ? null : new CallFilter(calls);
        await foreach (var piece in engine.StreamAsync(prompt, generation, cancellationToken).ConfigureAwait(false))
        {
            if (piece.Result is not { } whole)
            {
                var text = new TextPiece(piece.Text, piece.IsThought);
                if (filter?.Add(text) is { } left)
                    text = left;
                if (text.Text.Length > 0)
                    yield return new(text.Text, text.IsThought);
                continue;
            }

            var (rest, result) = filter?.Finish(whole) ?? ("", new ChatResult(whole) { Notes = notes });
            if (rest.Length > 0)
                yield return new(rest, IsThought: false);
            yield return new("", IsThought: false, result);
        }
    }

    private static (int[] Prompt, GenerationOptions Options, CallPlan? Calls, IReadOnlyList<string> Notes) Prepare(
        LlamaEngine engine, IEnumerable<ChatMessage> messages, PromptSettings settings, GenerationOptions options)
    {
        settings = engine.Thoughts.SettingsFor(settings);
        if (settings.Functions.Count == 0)
        {
            var (plain, note) = engine.Model.Tokenizer.Chat.Encode(messages, settings);
            return (plain, options, null, note is null ? [] : [note]);
        }

        var (plan, prompt) = CallPlan.Make(engine.Model.Tokenizer, messages, settings, ref options);
        return (prompt, options, plan, []);
    }
}
