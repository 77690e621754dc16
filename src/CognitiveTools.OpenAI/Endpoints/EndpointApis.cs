namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>The values of <see cref="OpenAICompatibleOptions.Api"/>.</summary>
internal static class EndpointApis
{
    public const string Automatic = "auto";
    public const string Chat = "chat";
    public const string Responses = "responses";

    public static bool Knows(string? value) => value is Automatic or Chat or Responses;
}
