using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CognitiveTools.Chat;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>
/// Fields of a request that OpenAI's client does not have and other servers do: <c>top_k</c>, <c>min_p</c> and
/// <c>chat_template_kwargs</c>. A server that does not know them answers with an error.
/// </summary>
internal static class ExtraFields
{
    private static readonly JsonTypeInfo Variables = AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>));

    /// <summary>Adds the fields to the options of a request; without any, nothing changes.</summary>
    /// <param name="options">The options; changed.</param>
    /// <param name="thinkingInTemplate">Whether <see cref="ChatOptions.Reasoning"/> travels in <c>chat_template_kwargs</c>.</param>
    /// <exception cref="ArgumentException">A value is of the wrong type.</exception>
    public static void AddTo(ChatOptions options, bool thinkingInTemplate)
    {
        var variables = VariablesOf(options);
        if (thinkingInTemplate && options.Reasoning?.Effort is { } effort)
        {
            variables = WithThinking(variables, effort);
            options.Reasoning = null;
        }

        var (topK, minP) = (options.TopK, MinPOf(options));
        if (topK is null && minP is null && variables is null)
            return;
        var inner = options.RawRepresentationFactory;
        options.RawRepresentationFactory = client =>
        {
            var raw = inner?.Invoke(client) as ChatCompletionOptions ?? new ChatCompletionOptions();
#pragma warning disable SCME0001 // the only way to send a field that the client does not know
            if (topK is { } most)
                raw.Patch.Set("$.top_k"u8, most);
            if (minP is { } least)
                raw.Patch.Set("$.min_p"u8, least);
            if (variables is not null)
                raw.Patch.Set("$.chat_template_kwargs"u8, JsonSerializer.SerializeToUtf8Bytes(variables, Variables));
#pragma warning restore SCME0001
            return raw;
        };
    }

    /// <summary>The value of <see cref="ChatOptionKeys.MinP"/>.</summary>
    /// <exception cref="ArgumentException">It is not a number.</exception>
    public static double? MinPOf(ChatOptions options) =>
        ChatOptionValues.Number(options, ChatOptionKeys.MinP) is { } value
            ? Math.Round(value.ToDouble(CultureInfo.InvariantCulture), 7) // 0.05f is 0.05000000074505806
            : null;

    /// <summary>The value of <see cref="ChatOptionKeys.TemplateVariables"/>.</summary>
    /// <exception cref="ArgumentException">It is not an object.</exception>
    public static Dictionary<string, object?>? VariablesOf(ChatOptions options) =>
        ChatOptionValues.Members(options, ChatOptionKeys.TemplateVariables);

    // The variables of the templates that are in use: Qwen and GLM, DeepSeek and Granite, gpt-oss. A template ignores the others.
    private static Dictionary<string, object?> WithThinking(Dictionary<string, object?>? variables, ReasoningEffort effort)
    {
        var thinks = effort != ReasoningEffort.None;
        var all = new Dictionary<string, object?>(variables ?? [], StringComparer.Ordinal);
        all.TryAdd("enable_thinking", thinks);
        all.TryAdd("thinking", thinks);
        if (thinks)
            all.TryAdd("reasoning_effort", effort switch
            {
                ReasoningEffort.Low => "low",
                ReasoningEffort.Medium => "medium",
                _ => "high",
            });
        return all;
    }
}
