using System.Text.Json;
using CognitiveTools.Llama.Templates;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Tests.Templates;

/// <summary>Templates of real models, where they are on this machine.</summary>
public sealed class RealTemplateTests
{
    [Fact]
    public void Every_conversation_is_rendered_as_Jinja2_renders_it_and_an_error_is_an_error()
    {
        var folder = RealTemplates.Require();
        var conversations = RealTemplates.Conversations(folder);
        var (exact, errors, refused, different) = (0, 0, new List<string>(), new List<string>());
        foreach (var (name, template, conversation, truth) in RealTemplates.All(folder))
        {
            var (text, error) = Render(template, conversations.GetProperty(conversation));
            var wanted = truth.TryGetProperty("text", out var given) ? given.GetString() : null;
            if (text == wanted)
                (exact, errors) = wanted is null ? (exact, errors + 1) : (exact + 1, errors);
            else if (text is null && error!.Contains("does not support", StringComparison.Ordinal))
                refused.Add($"{name}, {conversation}: {error}");
            else
                different.Add($"{name}, {conversation}: {error ?? Difference(wanted, text!)}");
        }

        TestContext.Current.SendDiagnosticMessage("{0} equal, {1} errors as in Jinja2, {2} not supported", exact, errors, refused.Count);
        Assert.True(different.Count == 0, string.Join("\n", different));
        Assert.True(refused.Count == 0, string.Join("\n", refused));
        Assert.True(exact > 0);
    }

    [Fact]
    public void Every_character_of_the_conversation_is_known_as_such()
    {
        // The same conversation with other texts of the same form: what differs must be marked, and nothing else may change.
        var folder = RealTemplates.Require();
        var conversations = RealTemplates.Conversations(folder);
        foreach (var (name, template, conversation, truth) in RealTemplates.All(folder))
        {
            if (!truth.TryGetProperty("text", out _))
                continue;
            var parsed = JinjaTemplate.Parse(template.GetProperty("template").GetString()!);
            var variables = RealTemplates.Variables(template, conversations.GetProperty(conversation));
            var text = parsed.Render(variables, RealTemplates.Date);
            var own = string.Concat(text.Spans().Where(static s => !s.IsContent).Select(s => text.Value[s.Start..s.End]));
            Assert.DoesNotContain("17 * 23", own, StringComparison.Ordinal);
            Assert.DoesNotContain("391", own, StringComparison.Ordinal);
            Assert.DoesNotContain("terse", own, StringComparison.Ordinal);
            Assert.True(text.Value.Contains("17 * 23", StringComparison.Ordinal), $"{name}, {conversation}");
        }
    }

    private static (string? Text, string? Error) Render(JsonElement template, JsonElement conversation)
    {
        try
        {
            var parsed = JinjaTemplate.Parse(template.GetProperty("template").GetString()!);
            return (parsed.Render(RealTemplates.Variables(template, conversation), RealTemplates.Date).Value, null);
        }
        catch (TemplateException e)
        {
            return (null, $"line {e.Line}: {e.Message}");
        }
    }

    private static string Difference(string? wanted, string text)
    {
        if (wanted is null)
            return "an error in Jinja2, and no error here";
        var at = wanted.AsSpan().CommonPrefixLength(text);
        return $"differs at {at}: {JsonSerializer.Serialize(Around(wanted))} became {JsonSerializer.Serialize(Around(text))}";

        string Around(string whole) => whole[Math.Max(0, at - 20)..Math.Min(whole.Length, at + 40)];
    }
}
