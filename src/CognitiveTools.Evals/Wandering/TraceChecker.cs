using CognitiveTools.Answers.Reading;

namespace CognitiveTools.Evals.Wandering;

/// <summary>Follows a response's trace with the task's simulator.</summary>
internal static class TraceChecker
{
    /// <summary>The line that ends a trace.</summary>
    public const string End = "END";

    private const int SelfLoop = 3;

    /// <summary>Checks a response.</summary>
    /// <param name="task">The task it answers.</param>
    /// <param name="response">The whole text. Lines other than trace lines are skipped, also between trace lines.</param>
    public static TraceReport Check(WanderingTask task, string response)
    {
        var (lines, ended) = Read(response);
        var simulator = task.Begin();
        var faults = new List<TraceFault>();
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var removable = 0;
        for (var at = 0; at < lines.Count; at++)
        {
            var move = simulator.Step(lines[at]);
            if (move.Fault is { } kind)
                faults.Add(new TraceFault(kind, at, move.Reason));
            if (move.Fault is TraceFaultKind.StateRevisitation)
                removable++;
            if (move.Goal is { } goal)
                reached.Add(goal);

            // A run of equal lines is one fault, whatever the move is, and all of it but the first line is waste.
            var run = lines.Skip(at).TakeWhile(line => line.Text == lines[at].Text).Count();
            if (run > 1)
            {
                var repeated = run >= SelfLoop ? TraceFaultKind.InfiniteSelfLoop : TraceFaultKind.StateRevisitation;
                faults.Add(new TraceFault(repeated, at + 1, $"{lines[at].Text} comes {run} times in a row."));
                removable += run - 1;
                at += run - 1;
            }
        }

        faults.AddRange(simulator.Omitted().Select(what => new TraceFault(TraceFaultKind.ProcedureOmission, lines.Count, what)));
        if (AnswerKinds.Integer.Extract(response).Answer is { } answer && lines.Count > 0 && answer != $"{simulator.Conclusion}")
        {
            faults.Add(new TraceFault(
                TraceFaultKind.UnfaithfulConclusion, lines.Count, $"The answer is {answer}, the trace gives {simulator.Conclusion}."));
        }

        return new TraceReport(lines.Count, ended, faults, removable, reached, task.Goals);
    }

    private static (List<TraceLine> Lines, bool Ended) Read(string response)
    {
        var lines = new List<TraceLine>();
        foreach (var line in response.Split('\n'))
        {
            if (line.Trim(' ', '\t', '\r', '*', '`', '.') == End)
                return (lines, true);
            if (TraceLine.TryParse(line) is { } read)
                lines.Add(read);
        }

        return (lines, false);
    }
}
