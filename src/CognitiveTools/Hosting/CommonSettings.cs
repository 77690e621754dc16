using CognitiveTools.Reasoners;

namespace CognitiveTools.Hosting;

/// <summary>Settings that several kinds of reasoners have.</summary>
internal static class CommonSettings
{
    public static ReasonerSetting Profile { get; } = new("profile", "the host's", "prompt profile: name");

    public static ReasonerSetting Prompt { get; } = new("prompt", "direct", "name of the prompt in the profile");
}
