using System.Text.Json;
using CognitiveTools.Chat;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Templates.Conversations;

/// <summary>What a request gives to the chat template beside its messages. Can be sent to a worker as JSON.</summary>
internal sealed record PromptSettings
{
    public static PromptSettings None { get; } = new();

    /// <summary>Whether and how hard the model is to think, in words of <see cref="ReasoningEffort"/>; <see langword="null"/>: as it likes.</summary>
    public ReasoningEffort? Effort { get; init; }

    /// <summary>Variables of the template.</summary>
    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>Functions that the model may call.</summary>
    public IReadOnlyList<DeclaredFunction> Functions { get; init; } = [];

    /// <exception cref="ArgumentException">The variables are not an object.</exception>
    public static PromptSettings Of(ChatOptions? options)
    {
        if (options is null)
            return None;
        return new()
        {
            Effort = options.Reasoning?.Effort,
            Variables = VariablesOf(options),
        };
    }

    private static Dictionary<string, JsonElement> VariablesOf(ChatOptions options)
    {
        var variables = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (options.AdditionalProperties?.TryGetValue(ChatOptionKeys.TemplateVariables, out var given) is not true || given is null)
            return variables;
        switch (given)
        {
            case JsonElement { ValueKind: JsonValueKind.Object } element:
                foreach (var property in element.EnumerateObject())
                    variables[property.Name] = property.Value.Clone();
                return variables;
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                foreach (var (name, value) in pairs)
                    variables[name] = ToJson(value);
                return variables;
            default:
                throw new ArgumentException(
                    $"The option {ChatOptionKeys.TemplateVariables} must be an object of template variables, not {given.GetType().Name}.",
                    nameof(options));
        }
    }

    /// <summary>A value of .NET as JSON.</summary>
    internal static JsonElement ToJson(object? value) => value is JsonElement element
        ? element
        : JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object)));
}

/// <summary>A function that the model may call.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Parameters">JSON schema of its arguments.</param>
internal sealed record DeclaredFunction(string Name, string Description, JsonElement Parameters);
