using System.Globalization;
using System.Text.Json;
using CognitiveTools.Llama.Templates;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Tests.Templates;

/// <summary>
/// Templates of our own against Jinja2 3.1: <c>jinja-cases.json</c> has the text that Jinja2 gives in the environment of Hugging Face's
/// transformers, or its error.
/// </summary>
public sealed class JinjaCasesTests
{
    private static readonly Lazy<JsonElement> File = new(() =>
    {
        using var stream = typeof(JinjaCasesTests).Assembly.GetManifestResourceStream("jinja-cases.json")!;
        return JsonDocument.Parse(stream).RootElement;
    });

    [Fact]
    public void Every_template_gives_the_text_of_Jinja2_or_an_error()
    {
        var wrong = new List<string>();
        var unsupported = new List<string>();
        foreach (var @case in File.Value.GetProperty("cases").EnumerateArray())
        {
            var template = @case.GetProperty("template").GetString()!;
            var truth = @case.TryGetProperty("text", out var text) ? text.GetString() : null;
            var (rendered, error) = Render(template, @case);
            if (truth is not null && rendered is null && error!.Contains("does not support", StringComparison.Ordinal))
                unsupported.Add(template);
            else if (rendered != truth)
                wrong.Add(
                    $"{template}\n  Jinja2: {truth ?? "an error: " + @case.GetProperty("error")}\n"
                    + $"  here: {rendered ?? "an error: " + error}");
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n{string.Join("\n", wrong)}");
        Assert.True(unsupported.Count <= 20, $"{unsupported.Count} are not supported:\n{string.Join("\n", unsupported)}");
    }

    private static (string? Text, string? Error) Render(string template, JsonElement @case)
    {
        var now = @case.TryGetProperty("now", out var time)
            ? DateTime.Parse(time.GetString()!, CultureInfo.InvariantCulture)
            : new DateTime(2026, 11, 28, 9, 5, 7);
        var variables = File.Value.GetProperty("variables").EnumerateObject()
            .Select(static v => KeyValuePair.Create(v.Name, PythonJson.Read(v.Value)));
        try
        {
            return (JinjaTemplate.Parse(template).Render(variables, now).Value, null);
        }
        catch (TemplateException e)
        {
            return (null, e.Message);
        }
    }
}
