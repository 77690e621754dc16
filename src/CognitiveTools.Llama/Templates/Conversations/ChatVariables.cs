using System.Text.Json;
using CognitiveTools.Llama.Templates.Values;
using CognitiveTools.Text;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Templates.Conversations;

/// <summary>Checks and makes the further variables of a template.</summary>
internal static class ChatVariables
{
    /// <summary>Variables that a request cannot set, because they are its conversation.</summary>
    private static readonly string[] Conversation = ["messages", "tools", "documents", "add_generation_prompt", "bos_token", "eos_token"];

    /// <summary>Variables by which templates switch thinking on and off.</summary>
    private static readonly string[] Switches = ["enable_thinking", "thinking"];

    private const string EffortVariable = "reasoning_effort";

    /// <summary>What is wrong with the name of a variable; <see langword="null"/> when it can be set.</summary>
    public static string? ProblemOf(string name) => Conversation.Contains(name)
        ? $"'{name}' is a part of the conversation and cannot be set."
        : name.Length == 0 || !name.All(static c => c == '_' || char.IsLetterOrDigit(c)) || char.IsAsciiDigit(name[0])
            ? $"'{name}' is not the name of a variable. Use letters, digits and underscores."
            : null;

    /// <summary>The sentence about a variable that a template does not read; <see langword="null"/> when it reads it.</summary>
    /// <param name="template">The template.</param>
    /// <param name="name">What the sentence calls it.</param>
    /// <param name="variable">The variable.</param>
    public static string? Unread(JinjaTemplate template, string name, string variable) => template.Inputs.Contains(variable)
        ? null
        : $"{name} has no variable '{variable}'.{Nearest.Hint(variable, Known(template))} {Hint(template)}";

    /// <summary>A value as settings and command lines write it: JSON, or else a text.</summary>
    public static JsonElement Parse(string value)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return PromptSettings.ToJson(value);
        }
    }

    /// <summary>The variables that a template gets beside the conversation.</summary>
    /// <param name="template">The template.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="settings">What the request asks.</param>
    /// <exception cref="NotSupportedException">The template has no such variable.</exception>
    /// <exception cref="ArgumentException">The variable cannot be set.</exception>
    public static Dictionary<string, object?> Of(JinjaTemplate template, string name, PromptSettings settings)
    {
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (variable, value) in settings.Variables)
        {
            if (ProblemOf(variable) is { } problem)
                throw new ArgumentException($"The template variable {problem}");
            if (Unread(template, name, variable) is { } unread)
                throw new NotSupportedException(unread);
            variables[variable] = PythonJson.Read(value);
        }

        if (settings.Effort is { } effort)
            AddEffort(variables, template, name, effort);
        return variables;
    }

    /// <summary>Variables that a template reads beside the conversation.</summary>
    public static IReadOnlyList<string> Known(JinjaTemplate template) =>
        [.. template.Inputs.Except(Conversation).Order(StringComparer.Ordinal)];

    private static string Hint(JinjaTemplate template) => Known(template) is { Count: > 0 } known
        ? $"It reads {string.Join(", ", known)}."
        : "It reads nothing but the conversation.";

    private static void AddEffort(Dictionary<string, object?> variables, JinjaTemplate template, string name, ReasoningEffort effort)
    {
        if (!Switches.Append(EffortVariable).Any(template.Inputs.Contains)
            && !template.Source.Contains("think", StringComparison.OrdinalIgnoreCase)
            && !template.Source.Contains("reason", StringComparison.OrdinalIgnoreCase))
            throw new NotSupportedException(
                $"{name} knows nothing of thinking, so ChatOptions.Reasoning cannot be honoured. Leave it out. {Hint(template)}");
        foreach (var variable in Switches.Where(template.Inputs.Contains))
            variables.TryAdd(variable, effort != ReasoningEffort.None);
        var level = effort switch
        {
            ReasoningEffort.None => null,
            ReasoningEffort.Low => "low",
            ReasoningEffort.Medium => "medium",
            _ => "high",
        };
        if (level is not null && template.Inputs.Contains(EffortVariable))
            variables.TryAdd(EffortVariable, TemplateText.Own(level));
    }
}
