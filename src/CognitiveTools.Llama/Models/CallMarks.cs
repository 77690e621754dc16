using CognitiveTools.Llama.Templates.Calls;
using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Models;

/// <summary>What a form of calls is in one vocabulary.</summary>
/// <param name="Trigger">The text from which on an answer is a call.</param>
/// <param name="Shown">Control tokens whose text belongs to the form.</param>
internal sealed record CallMarks(string Trigger, IReadOnlyList<int> Shown)
{
    public static CallMarks Of(LlamaTokenizer tokenizer, ChatTemplate template, CallSyntax syntax)
    {
        var texts = syntax.Texts.ToArray();
        var marks = tokenizer.SpecialTokens
            .Where(token => Array.Exists(texts, text => text.Contains(token.Text, StringComparison.Ordinal))).ToArray();
        return new(
            TriggerOf(syntax.Open.Split(MarkText.Id)[0], Ordinary(template), marks),
            [.. marks.Where(static token => token.IsControl).Select(static token => token.Id.Value)]);
    }

    // A special token or a tag says early enough what comes; the rest of the opening is then the grammar's. It must not be a mark that
    // ordinary answers have, too.
    private static string TriggerOf(string open, string ordinary, SpecialToken[] marks)
    {
        for (var length = 1; length < open.Length; length++)
        {
            var start = open[..length];
            var isMark = Array.Exists(marks, token => start.EndsWith(token.Text, StringComparison.Ordinal))
                || (start[^1] is '>' or ']' && start[0] is '<' or '[' && start.Count(static c => c is '<' or '[') == 1);
            if (isMark && !ordinary.Contains(start, StringComparison.Ordinal))
                return start;
        }

        return open;
    }

    private static string Ordinary(ChatTemplate template)
    {
        try
        {
            var spans = template.Render(
                [new(ChatRole.User, "x"), new(ChatRole.Assistant, "x"), new(ChatRole.User, "x")], PromptSettings.None);
            return string.Concat(spans.Where(static span => !span.IsContent).Select(static span => span.Text));
        }
        catch (NotSupportedException)
        {
            return ""; // a template without such conversations
        }
    }
}
