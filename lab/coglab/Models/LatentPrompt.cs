using CognitiveTools.Prompts;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary>How the latent siblings of mini are asked, up to the token in front of their thoughts.</summary>
internal static class LatentPrompt
{
    /// <summary>The conversation for a question.</summary>
    public static Func<string, IReadOnlyList<ChatMessage>> Of(PromptProfile profile) => question =>
        profile.Render("latent", new Dictionary<string, string>(StringComparer.Ordinal) { ["question"] = question });
}
