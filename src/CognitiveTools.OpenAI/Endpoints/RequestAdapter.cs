using CognitiveTools.Chat;
using Microsoft.Extensions.AI;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>
/// The options of one request as they are sent: without what the server is known to refuse, where leaving it out is allowed, and
/// with a note for everything that was left out.
/// </summary>
internal sealed record RequestAdapter(ChatOptions Options)
{
    // A seed cannot be honoured by a server that refuses it; the other two change nothing that the client cannot do itself.
    private static readonly string[] AlwaysOptional = ["seed", "stop", "parallel_tool_calls"];

    // The Responses API has no such parameters.
    private static readonly string[] UnknownToResponses = ["seed", "stop", "presence_penalty", "frequency_penalty", "top_k", "min_p"];

    /// <summary>What was left out, for the result.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>Stop sequences that the server does not apply, so that the client cuts the text.</summary>
    public IReadOnlyList<string> Stops { get; private init; } = [];

    /// <summary>Adapts a request to a server.</summary>
    /// <exception cref="NotSupportedException">The Responses API does not have an option that the caller set.</exception>
    public static RequestAdapter For(ChatOptions? asked, ServerLimits limits, OpenAICompatibleOptions endpoint)
    {
        var options = asked?.Clone() ?? new ChatOptions();
        var notes = new List<string>();
        IReadOnlyList<string> stops = [];
        if (limits.UsesResponses && ExtraFields.VariablesOf(options) is not null)
            throw new NotSupportedException(
                $"The Responses API has no {ChatOptionKeys.TemplateVariables}. Leave the template variables out, or use a server's chat "
                    + $"completions ({endpoint.Source}:{nameof(endpoint.Api)} chat).");
        foreach (var parameter in Set(options).ToList())
        {
            var isMissing = limits.UsesResponses && UnknownToResponses.Contains(parameter, StringComparer.Ordinal);
            if (!isMissing && !limits.Refuses(parameter))
                continue;
            if (!IsOptional(options, parameter))
            {
                if (isMissing)
                    throw new NotSupportedException(
                        $"The Responses API has no {parameter}. {ParameterWords.RemedyOf(parameter, endpoint)}");
                continue; // it is sent, because the user asked for it, and the server's refusal is the answer
            }

            if (parameter == "stop")
                stops = [.. options.StopSequences!];
            Remove(options, parameter);
            notes.Add(NoteOf(parameter));
        }

        if (limits.HasRefusedStreams)
            notes.Add("the server refuses to stream, so a cancelled answer has no text");
        return new(options) { Notes = notes, Stops = stops };
    }

    /// <summary>Whether a refused parameter may be left out: it is set, and the user did not ask for it.</summary>
    public static bool IsOptional(ChatOptions options, string parameter) =>
        AlwaysOptional.Contains(parameter, StringComparer.Ordinal)
        || (parameter == "temperature"
            && options.AdditionalProperties?.TryGetValue(ChatOptionKeys.TemperatureIsDefault, out var mark) is true && mark is true);

    /// <summary>The parameters that a request sends, by their names.</summary>
    public static IEnumerable<string> Set(ChatOptions options)
    {
        if (options.Temperature is not null)
            yield return "temperature";
        if (options.TopP is not null)
            yield return "top_p";
        if (options.TopK is not null)
            yield return "top_k";
        if (ExtraFields.MinPOf(options) is not null)
            yield return "min_p";
        if (options.PresencePenalty is not null)
            yield return "presence_penalty";
        if (options.FrequencyPenalty is not null)
            yield return "frequency_penalty";
        if (options.Seed is not null)
            yield return "seed";
        if (options.StopSequences is { Count: > 0 })
            yield return "stop";
        if (options.AllowMultipleToolCalls is not null)
            yield return "parallel_tool_calls";
        if (options.ResponseFormat is ChatResponseFormatJson)
            yield return "response_format";
        if (options.Reasoning?.Effort is not null)
        {
            yield return "reasoning_effort";
            yield return "reasoning";
            yield return "chat_template_kwargs";
        }
        else if (ExtraFields.VariablesOf(options) is not null)
        {
            yield return "chat_template_kwargs";
        }

        if (options.Tools is { Count: > 0 })
        {
            yield return "tools";
            yield return "tool_choice";
        }
    }

    private static void Remove(ChatOptions options, string parameter)
    {
        switch (parameter)
        {
            case "temperature":
                options.Temperature = null;
                break;
            case "seed":
                options.Seed = null;
                break;
            case "stop":
                options.StopSequences = null;
                break;
            default:
                options.AllowMultipleToolCalls = null;
                break;
        }
    }

    private static string NoteOf(string parameter) => parameter switch
    {
        "temperature" => "the server refuses a temperature, so the default one was not sent",
        "seed" => "the server takes no seed, so its answers cannot be repeated",
        "stop" => "the server takes no stop sequences, so its text was cut here, and what it wrote after them is billed",
        _ => "the server refuses parallel_tool_calls, so it was not sent",
    };
}
