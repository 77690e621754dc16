using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Prompts;

/// <summary>Prompts that take the question and nothing else.</summary>
public static class QuestionPrompt
{
    private const string Placeholder = "question";

    /// <summary>The prompt of that name as a function of the question.</summary>
    /// <exception cref="ArgumentException">There is no such prompt, or it takes something else; the message names the reasoner.</exception>
    public static Func<Question, IReadOnlyList<ChatMessage>> Of(PromptProfile profile, string prompt, ReasonerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (!profile.Placeholders(prompt).SequenceEqual([Placeholder], StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"Reasoner '{spec}': the prompt '{prompt}' takes {string.Join(", ", profile.Placeholders(prompt))}, but this reasoner "
                    + $"gives a question only. Name a prompt whose only placeholder is '{Placeholder}'.");
        }

        return question => profile.Render(prompt, new Dictionary<string, string>(StringComparer.Ordinal) { [Placeholder] = question.Text });
    }
}
