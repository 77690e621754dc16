using Microsoft.Extensions.Logging;

namespace CognitiveTools.Reasoners;

/// <summary>
/// Reports the solves of a reasoner to listeners: a span, counters, log lines. Changes nothing about them, except that a solve
/// without an answer gets a note with what the host knows about its model.
/// </summary>
internal sealed partial class ObservedReasoner(IReasoner inner, ReasonerSpec spec, ILogger logger,
    IReadOnlyList<IModelAdvice> advice) : IReasoner
{
    public async Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        using var span = SolveTelemetry.Start(spec, question);
        LogQuestion(question.Id, question.Text);
        var reasoning = await inner.SolveAsync(question, options, cancellationToken);
        SolveTelemetry.End(span, spec, reasoning);
        if (reasoning.Stop == StopReason.Failed)
            LogFailed(question.Id, spec, reasoning.Error);
        else
            LogSolved(question.Id, spec, reasoning.Stop, UsageWords.Positions(reasoning.Usage), reasoning.Usage.Elapsed.TotalSeconds);
        LogAnswer(question.Id, reasoning.Answer);
        return reasoning.Stop is StopReason.ContextFull || string.IsNullOrWhiteSpace(reasoning.Answer) ? WithAdvice(reasoning) : reasoning;
    }

    private Reasoning WithAdvice(Reasoning reasoning)
    {
        string[] notes = [.. advice.Select(static a => a.Note).OfType<string>()];
        foreach (var note in notes)
            LogAdvice(note);
        return notes.Length == 0 ? reasoning : reasoning with { Notes = [.. reasoning.Notes, .. notes] };
    }

    [LoggerMessage(1, LogLevel.Trace, "{Question}: {Text}")]
    private partial void LogQuestion(string question, string text);

    [LoggerMessage(2, LogLevel.Debug, "{Question} by {Reasoner}: {Stop}, {Positions}, {Seconds} s")]
    private partial void LogSolved(string question, ReasonerSpec reasoner, StopReason stop, string positions, double seconds);

    [LoggerMessage(3, LogLevel.Warning, "{Question} by {Reasoner} failed: {Error}")]
    private partial void LogFailed(string question, ReasonerSpec reasoner, string? error);

    [LoggerMessage(4, LogLevel.Trace, "{Question} answered: {Answer}")]
    private partial void LogAnswer(string question, string answer);

    [LoggerMessage(5, LogLevel.Warning, "{Advice}")]
    private partial void LogAdvice(string advice);
}
