using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Prompts;

/// <summary>One parsed prompt file: role sections made of literal text and placeholders.</summary>
internal sealed partial class PromptTemplate
{
    private readonly string _file;
    private readonly IReadOnlyList<Section> _sections;

    private PromptTemplate(string file, string name, IReadOnlyList<Section> sections)
    {
        _file = file;
        Name = name;
        _sections = sections;
        Placeholders = [.. sections.SelectMany(s => s.Parts).Where(p => p.IsPlaceholder).Select(p => p.Text)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public string Name { get; }

    public IReadOnlyList<string> Placeholders { get; }

    public IReadOnlyList<ChatRole> Roles => [.. _sections.Select(s => s.Role)];

    public static PromptTemplate Parse(string file, string name, string text)
    {
        var sections = new List<Section>();
        ChatRole? role = null;
        var body = new StringBuilder();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var marker = line.TrimEnd('\r');
            if (marker.StartsWith("<<", StringComparison.Ordinal) && marker.EndsWith(">>", StringComparison.Ordinal))
            {
                Close();
                role = marker switch
                {
                    "<<system>>" => ChatRole.System,
                    "<<user>>" => ChatRole.User,
                    "<<assistant>>" => ChatRole.Assistant,
                    _ => throw new InvalidDataException(
                        $"{file}, line {number}: '{marker}' is no role marker. Use <<system>>, <<user>> or <<assistant>>."),
                };
            }
            else
            {
                body.Append(line).Append('\n');
            }
        }

        Close();
        return sections.Count > 0
            ? new PromptTemplate(file, name, sections)
            : throw new InvalidDataException($"{file}: there is no role section. Begin a message with a line <<system>> or <<user>>.");

        void Close()
        {
            if (role is { } open)
                sections.Add(new Section(open, Split(body.ToString().TrimEnd('\r', '\n'))));
            body.Clear();
        }
    }

    public List<ChatMessage> Render(IReadOnlyDictionary<string, string> values)
    {
        foreach (var placeholder in Placeholders)
        {
            if (!values.ContainsKey(placeholder))
                throw new ArgumentException($"{_file}: the placeholder {{{{{placeholder}}}}} has no value.", nameof(values));
        }

        foreach (var name in values.Keys)
        {
            if (!Placeholders.Contains(name, StringComparer.Ordinal))
                throw new ArgumentException(
                    $"{_file}: there is no placeholder {{{{{name}}}}} for the value given. Add it to the prompt, or leave the value out.",
                    nameof(values));
        }

        return [.. _sections.Select(
            s => new ChatMessage(s.Role, string.Concat(s.Parts.Select(p => p.IsPlaceholder ? values[p.Text] : p.Text))))];
    }

    private static List<Part> Split(string text)
    {
        var parts = new List<Part>();
        var start = 0;
        foreach (Match match in Placeholder().Matches(text))
        {
            parts.Add(new Part(text[start..match.Index], IsPlaceholder: false));
            parts.Add(new Part(match.Groups["name"].Value, IsPlaceholder: true));
            start = match.Index + match.Length;
        }

        parts.Add(new Part(text[start..], IsPlaceholder: false));
        return parts;
    }

    [GeneratedRegex(@"\{\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    private sealed record Section(ChatRole Role, IReadOnlyList<Part> Parts);

    private readonly record struct Part(string Text, bool IsPlaceholder);
}
