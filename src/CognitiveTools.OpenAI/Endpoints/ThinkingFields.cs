namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>The values of <see cref="OpenAICompatibleOptions.ThinkingField"/>.</summary>
internal static class ThinkingFields
{
    public const string Automatic = "auto";
    public const string Effort = "reasoning_effort";
    public const string Template = "chat_template_kwargs";

    public static bool Knows(string? value) => value is Automatic or Effort or Template;
}
