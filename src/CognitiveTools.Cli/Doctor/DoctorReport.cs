using System.Text;
using System.Text.Json;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Doctor;

/// <summary>Facts in sections, and the problems found on the way.</summary>
internal sealed class DoctorReport
{
    private readonly List<(string Name, List<(string Key, string Value)> Facts)> _sections = [];

    public List<string> Problems { get; } = [];

    public void Section(string name) => _sections.Add((name, []));

    public void Fact(string key, string value) => _sections[^1].Facts.Add((key, value));

    public void Problem(string text) => Problems.Add(text);

    /// <summary>Runs a check; a failure becomes a problem with the error's own remedy.</summary>
    public T? Try<T>(string what, Func<T> check)
        where T : class
    {
        try
        {
            return check();
        }
#pragma warning disable CA1031 // a doctor reports whatever goes wrong
        catch (Exception e)
        {
            Fact(what, "FAILED");
            Problem(e.Message);
            return null;
        }
#pragma warning restore CA1031
    }

    /// <summary>As <see cref="Try"/>, for a check that takes time. A cancellation is not a result.</summary>
    public async Task<T?> TryAsync<T>(string what, Func<Task<T>> check)
        where T : class
    {
        try
        {
            return await check();
        }
#pragma warning disable CA1031 // a doctor reports whatever goes wrong
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Fact(what, "FAILED");
            Problem(e.Message);
            return null;
        }
#pragma warning restore CA1031
    }

    public string ToText()
    {
        var text = new StringBuilder();
        var width = _sections.SelectMany(s => s.Facts).Max(f => f.Key.Length);
        foreach (var (name, facts) in _sections)
        {
            text.AppendLine(name);
            foreach (var (key, value) in facts)
                text.Append("  ").Append(key.PadRight(width)).Append("  ").AppendLine(TerminalText.Line(value));
        }

        text.AppendLine(Problems.Count == 0 ? "All checks passed." : "Problems");
        foreach (var problem in Problems)
            text.Append("  - ").AppendLine(TerminalText.Line(problem));
        return text.ToString().TrimEnd();
    }

    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach (var (name, facts) in _sections)
            {
                json.WriteStartArray(name);
                foreach (var (key, value) in facts)
                {
                    json.WriteStartObject();
                    json.WriteString("name", key);
                    json.WriteString("value", value);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteStartArray("problems");
            foreach (var problem in Problems)
                json.WriteStringValue(problem);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
