using System.Text.Json;
using CognitiveTools.Chat;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Templates.Conversations;

/// <summary>What a request gives to the chat template beside its messages. Can be sent to a worker as JSON.</summary>
internal sealed record PromptSettings
{
    public static PromptSettings None { get; } = new();

    /// <summary>
    /// Whether and how hard the model is to think, in words of <see cref="ReasoningEffort"/>; <see langword="null"/>: as it likes.
    /// </summary>
    public ReasoningEffort? Effort { get; init; }

    /// <summary>Variables of the template.</summary>
    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>Functions that the model may call.</summary>
    public IReadOnlyList<DeclaredFunction> Functions { get; init; } = [];

    /// <summary>Whether the answer must be a call.</summary>
    public bool RequiresCall { get; init; }

    /// <summary>The one function that must be called; <see langword="null"/>: any.</summary>
    public string? RequiredFunction { get; init; }

    /// <summary>Whether one function at most may be called in a turn.</summary>
    public bool IsSingleCall { get; init; }

    /// <exception cref="ArgumentException">The variables are not an object.</exception>
    public static PromptSettings Of(ChatOptions? options)
    {
        if (options is null)
            return None;
        return new()
        {
            Effort = options.Reasoning?.Effort,
            Variables = VariablesOf(options),
            Functions = FunctionsOf(options),
            RequiresCall = options.ToolMode is RequiredChatToolMode,
            RequiredFunction = (options.ToolMode as RequiredChatToolMode)?.RequiredFunctionName,
            IsSingleCall = options.AllowMultipleToolCalls is false,
        };
    }

    private static DeclaredFunction[] FunctionsOf(ChatOptions options)
    {
        if (options.ToolMode is NoneChatToolMode)
            return [];
        var functions = (options.Tools ?? []).Select(static tool => tool is AIFunctionDeclaration function
            ? new DeclaredFunction(function.Name, function.Description, function.JsonSchema)
            : throw new NotSupportedException(
                $"ChatOptions.Tools: the local llama client calls functions only, "
                    + $"and {tool.Name} is a {tool.GetType().Name}. Leave it out."))
            .ToArray();
        if (options.ToolMode is RequiredChatToolMode required
            && (functions.Length == 0 || required.RequiredFunctionName is { } name && functions.All(function => function.Name != name)))
            throw new ArgumentException(
                $"ChatOptions.ToolMode requires a call of {required.RequiredFunctionName ?? "a function"}, but ChatOptions.Tools does not "
                + "have it. Add it, or use another mode.", nameof(options));
        return functions;
    }

    private static Dictionary<string, JsonElement> VariablesOf(ChatOptions options) =>
        (ChatOptionValues.Members(options, ChatOptionKeys.TemplateVariables) ?? [])
            .ToDictionary(static pair => pair.Key, static pair => ToJson(pair.Value), StringComparer.Ordinal);

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
