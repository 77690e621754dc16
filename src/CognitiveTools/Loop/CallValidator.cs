using CognitiveTools.Loop.Reading;
using CognitiveTools.Text;
using CognitiveTools.Tools;

namespace CognitiveTools.Loop;

/// <summary>
/// Checks a call against the tool's parameters, repairs what is plain, and binds the question. What cannot be repaired is
/// refused with words that tell the model how to write it.
/// </summary>
internal sealed class CallValidator(IReadOnlyList<CognitiveTool> tools, QuestionBinding binding, string question)
{
    public CheckedCall Check(FoundCall call)
    {
        var notes = new List<string>(call.Notes);
        if (call.Error is not null)
            return new CheckedCall(call.Tool, null, [], notes) { Error = call.Error };
        var normal = Normal(call.Tool);
        if (tools.FirstOrDefault(t => t.Name.Equals(normal, StringComparison.Ordinal)) is not { } tool)
            return new CheckedCall(call.Tool, null, [], notes) { Error = $"there is no tool '{Shorten(call.Tool)}'; the tools are: {string.Join(", ", tools.Select(t => t.Name))}" };
        if (!tool.Name.Equals(call.Tool, StringComparison.Ordinal))
            notes.Add($"'{Shorten(call.Tool)}' was read as {tool.Name}");

        var given = Assign(tool, call, notes);
        var arguments = new List<KeyValuePair<string, string>>();
        foreach (var parameter in tool.Parameters)
        {
            var text = given.GetValueOrDefault(parameter.Name);
            if (parameter.IsQuestion)
                text = BindQuestion(parameter, text, notes);
            if (string.IsNullOrWhiteSpace(text))
            {
                if (parameter.IsRequired)
                    return new CheckedCall(tool.Name, null, arguments, notes) { Error = $"{tool.Name} needs the argument '{parameter.Name}': {parameter.Description}" };
                continue;
            }

            if (!parameter.Accepts(text))
                return new CheckedCall(tool.Name, null, arguments, notes) { Error = $"the argument '{parameter.Name}' of {tool.Name} must be of type {parameter.Type}, not '{Shorten(text)}'" };
            arguments.Add(new(parameter.Name, text));
        }

        return new CheckedCall(tool.Name, tool, arguments, notes);
    }

    private Dictionary<string, string> Assign(CognitiveTool tool, FoundCall call, List<string> notes)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        var shown = PositionalParameters(tool, call);
        foreach (var (name, value) in call.Arguments)
        {
            var parameter = name is null ? (shown.TryDequeue(out var next) ? next : null) : tool.Parameter(Normal(name));
            if (parameter is null)
                notes.Add(name is null ? "an argument too many was ignored" : $"unknown argument '{Shorten(name)}' was ignored");
            else if (value.ToText() is { } text && !given.TryAdd(parameter.Name, text))
                notes.Add($"'{parameter.Name}' was given twice; the first counts");
        }

        return given;
    }

    // Positional arguments fill the parameters the model was shown, in order; or all of them, when there are more
    // arguments than that or the first one is the question itself.
    private Queue<ToolParameter> PositionalParameters(CognitiveTool tool, FoundCall call)
    {
        var shown = tool.Parameters.Where(p => binding == QuestionBinding.Model || !p.IsQuestion).ToList();
        var positional = call.Arguments.Where(a => a.Name is null).ToList();
        var isWhole = positional.Count > shown.Count || (positional.Count > 0 && string.Equals(positional[0].Value.ToText()?.Trim(), question.Trim(), StringComparison.Ordinal));
        return new Queue<ToolParameter>(isWhole ? tool.Parameters : shown);
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

    // How far a paraphrase is from the original shows early; the whole of two long texts would take its time.
    private static ReadOnlySpan<char> Start(string text) => text.AsSpan(0, Math.Min(text.Length, 2_000));

    private static string Normal(string name) => name.Trim().Replace('-', '_').Replace(' ', '_').ToLowerInvariant();

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
