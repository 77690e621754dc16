using CognitiveTools.Calls;
using CognitiveTools.Loop.Reading;
using CognitiveTools.Prompts;
using CognitiveTools.Text;
using CognitiveTools.Tools;

namespace CognitiveTools.Loop;

/// <summary>
/// Makes a tool call from the model's text: repairs obvious slips, binds the question and checks the arguments. A call that cannot
/// be repaired is refused with a message that tells the model how to write it.
/// </summary>
internal sealed class CallValidator(IReadOnlyList<CognitiveTool> tools, PromptProfile profile, QuestionBinding binding, string question)
{
    /// <param name="found">The call in the model's text.</param>
    /// <param name="notes">Receives a note for each repair, ignored argument and replacement.</param>
    /// <returns>The call, possibly refused; or why the text is not a call of a known tool.</returns>
    public (ToolCall? Call, string? Unreadable) Check(FoundCall found, List<string> notes)
    {
        if (found.Error is not null)
            return (null, found.Error);
        var normal = Normal(found.Tool);
        if (tools.FirstOrDefault(t => t.Name.Equals(normal, StringComparison.Ordinal)) is not { } tool)
        {
            var known = string.Join(", ", tools.Select(t => t.Name));
            return (null, $"there is no tool '{ToolCall.Shorten(found.Tool)}'; the tools are: {known}");
        }

        if (!tool.Name.Equals(found.Tool, StringComparison.Ordinal))
            notes.Add($"'{ToolCall.Shorten(found.Tool)}' was read as {tool.Name}");

        var given = Assign(tool, found, notes);
        return (ToolCall.Read(tool, profile, ValueOf, quotesWrongValues: true), null);

        string? ValueOf(string name)
        {
            var text = given.GetValueOrDefault(name);
            return tool.Parameter(name) is { IsQuestion: true } parameter ? BindQuestion(parameter, text, notes) : text;
        }
    }

    private Dictionary<string, string> Assign(CognitiveTool tool, FoundCall call, List<string> notes)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        var shown = PositionalParameters(tool, call);
        foreach (var (name, value) in call.Arguments)
        {
            var parameter = name is null ? (shown.TryDequeue(out var next) ? next : null) : tool.Parameter(Normal(name));
            if (parameter is null)
                notes.Add(name is null ? "an argument too many was ignored" : $"unknown argument '{ToolCall.Shorten(name)}' was ignored");
            else if (value.ToText() is { } text && !given.TryAdd(parameter.Name, text))
                notes.Add($"'{parameter.Name}' was given twice; the first counts");
        }

        return given;
    }

    // Positional arguments fill the parameters that the model was shown, in order; or all parameters, when there are more
    // arguments or the first one is the question itself.
    private Queue<ToolParameter> PositionalParameters(CognitiveTool tool, FoundCall call)
    {
        var shown = tool.Parameters.Where(p => binding == QuestionBinding.Model || !p.IsQuestion).ToList();
        var positional = call.Arguments.Where(a => a.Name is null).ToList();
        var beginsWithQuestion = positional.Count > 0
            && string.Equals(positional[0].Value.ToText()?.Trim(), question.Trim(), StringComparison.Ordinal);
        return new Queue<ToolParameter>(positional.Count > shown.Count || beginsWithQuestion ? tool.Parameters : shown);
    }

    private string? BindQuestion(ToolParameter parameter, string? text, List<string> notes)
    {
        if (binding == QuestionBinding.Host)
        {
            if (text is not null && !string.Equals(text, question, StringComparison.Ordinal))
                notes.Add($"'{parameter.Name}' was replaced by the original question");
            return question;
        }

        if (text is not null && EditDistance.Between(Start(text), Start(question)) is > 0 and var distance)
            notes.Add($"'{parameter.Name}' is the model's own wording, {distance} edits from the original");
        return text;
    }

    // The start of a long text suffices to tell how far a paraphrase is from the original; all of it would take too long.
    private static ReadOnlySpan<char> Start(string text) => text.AsSpan(0, Math.Min(text.Length, 2_000));

    private static string Normal(string name) => name.Trim().Replace('-', '_').Replace(' ', '_').ToLowerInvariant();
}
