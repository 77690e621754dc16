using System.Diagnostics;
using CognitiveTools.Llama.Templates;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Llama.Templates.Values;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Lab.Bench.Templates;

/// <summary>Times the project's Jinja interpreter: parsing a chat template, and rendering a conversation with it.</summary>
internal static class TemplateBenchmark
{
    private const int WarmUps = 20; // renderings of each template before any is timed
    private const string Question = "What is 17 * 23? Show the steps, name the rule that you use, and end with the product alone. ";
    private const string Answer = "17 * 23 = 17 * 20 + 17 * 3 = 340 + 51.\n\n**391** is the product, by the distributive law. ";

    private static readonly DateTime Date = new(2026, 11, 28);

    /// <summary>Times templates one after the other, all of them warm.</summary>
    /// <param name="templates">The templates.</param>
    /// <param name="messages">Messages of the conversation, an odd number: user and assistant in turn.</param>
    /// <param name="repetitions">Timed parsings and renderings; the figures are medians.</param>
    /// <param name="cancellationToken">Cancels between templates.</param>
    public static IReadOnlyList<TemplateTiming> Run(
        IReadOnlyList<NamedTemplate> templates, int messages, int repetitions, CancellationToken cancellationToken)
    {
        ChatMessage[] conversation =
        [
            .. Enumerable.Range(0, messages).Select(static i => i % 2 == 0
                ? new ChatMessage(ChatRole.User, string.Concat(Enumerable.Repeat(Question, 3)))
                : new ChatMessage(ChatRole.Assistant, string.Concat(Enumerable.Repeat(Answer, 5)))),
        ];
        foreach (var template in templates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _ = Time(template, conversation, WarmUps);
        }

        var timings = new List<TemplateTiming>(templates.Count);
        foreach (var template in templates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            timings.Add(Time(template, conversation, repetitions));
        }

        return timings;
    }

    private static TemplateTiming Time(NamedTemplate template, ChatMessage[] conversation, int repetitions)
    {
        try
        {
            var parse = Median(repetitions, () => JinjaTemplate.Parse(template.Source));
            var parsed = JinjaTemplate.Parse(template.Source);
            // As for a request: the values of the conversation are made each time.
            TemplateText Render() => parsed.Render(Variables(template, conversation), Date);
            return new(template.Name, template.Source.Length, Render().Value.Length, parse, Median(repetitions, Render), null);
        }
        catch (TemplateException refusal)
        {
            return new(template.Name, template.Source.Length, 0, 0, 0, refusal.Message);
        }
    }

    private static double Median<T>(int repetitions, Func<T> work)
    {
        var times = new double[repetitions];
        foreach (ref var time in times.AsSpan())
        {
            var start = Stopwatch.GetTimestamp();
            _ = work();
            time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return new BenchmarkFigure("", "ms", times).Median;
    }

    private static Dictionary<string, object?> Variables(NamedTemplate template, ChatMessage[] conversation) =>
        new(StringComparer.Ordinal)
        {
            ["messages"] = ConversationValues.Of(conversation),
            ["tools"] = null,
            ["documents"] = null,
            ["add_generation_prompt"] = true,
            ["bos_token"] = TemplateText.Own(template.Begin),
            ["eos_token"] = TemplateText.Own(template.End),
        };
}
