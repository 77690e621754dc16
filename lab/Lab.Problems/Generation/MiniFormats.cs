using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>
/// The conversations a verbal reference model learns from: what the host sends is what the profile <c>prompts/mini</c>
/// renders, byte for byte, and what the model answers comes from the problem's worked solution.
/// </summary>
internal static class MiniFormats
{
    internal const string Graph = "graph";
    internal const string AnswerMark = "ANSWER: ";
    internal const string CallStart = "<call>{\"tool\":\"";
    internal const string CallArguments = "\",\"args\":{";
    internal const string CallEnd = "}}</call>";

    /// <summary>Names of the formats; <c>graph</c> is that of the superposition model alone.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["direct", "cot", "understand", "recall", "examine", "backtrack", "loop", "forced", Graph];

    /// <summary>The answer at once.</summary>
    public static Conversation Direct(GeneratedProblem problem) =>
        new("direct", problem, [.. Ask("direct", problem.Text), Learn(AnswerMark + problem.Answer)]);

    /// <summary>The worked solution, then the answer.</summary>
    public static Conversation ChainOfThought(GeneratedProblem problem) =>
        new("cot", problem, [.. Ask("cot", problem.Text), Learn(Solve(problem.Solution, problem.Answer))]);

    /// <summary>The question restated in canonical form.</summary>
    public static Conversation Understand(GeneratedProblem problem) =>
        new("understand", problem, [.. Ask("understand", problem.Text), Learn(problem.Canonical)]);

    /// <summary>A solved analogous problem.</summary>
    public static Conversation Recall(GeneratedProblem problem) =>
        new("recall", problem, [.. Ask("recall", problem.Text), Learn(Analogue(problem))]);

    /// <summary>A verdict on a proposed solution, step by step.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="flaw">The flawed solution proposed; <see langword="null"/> to propose the right one.</param>
    public static Conversation Examine(GeneratedProblem problem, FlawedSolution? flaw) => new(
        "examine",
        problem,
        [
            .. Ask("examine", $"{problem.Text}\n{flaw?.Answer ?? problem.Answer}\n{Number(flaw?.Steps ?? problem.Solution)}"),
            Learn(Verdict(problem, flaw)),
        ]);

    /// <summary>The first wrong step and the corrected continuation.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="flaw">The flawed solution; <see langword="null"/> to hand over the right one.</param>
    public static Conversation Backtrack(GeneratedProblem problem, FlawedSolution? flaw) => new(
        "backtrack",
        problem,
        [
            .. Ask("backtrack", $"{problem.Text}\n{Number(flaw?.Steps ?? problem.Solution)}"),
            Learn(Revision(problem, flaw)),
        ]);

    /// <summary>The forced turn after the work was cut off.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="kept">Steps written before the cut.</param>
    public static Conversation Forced(GeneratedProblem problem, int kept) => new(
        "forced",
        problem,
        [
            .. Ask("cot", problem.Text),
            new Passage(Role.Assistant, Number(problem.Solution.Take(kept))),
            new Passage(Role.User, "answer now"),
            Learn(AnswerMark + problem.Answer),
        ]);

    /// <summary>
    /// The tool loop. What is there is used: understand first (or recall, where understanding is not offered), work,
    /// examine, and go back when the verdict is against the work.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="tools">Names of the tools offered, in the order shown.</param>
    /// <param name="flaw">A slip in the work, not learned but examined and mended.</param>
    /// <param name="random">Draws the fences.</param>
    public static Conversation Loop(GeneratedProblem problem, IReadOnlyList<string> tools, FlawedSolution? flaw, SeededRandom random)
    {
        List<Passage> passages = [.. Ask($"loop {string.Join(' ', tools)}", problem.Text)];
        if (tools.Contains(MiniTools.Understand))
            Call(MiniTools.Understand, "", problem.Canonical);
        else if (tools.Contains(MiniTools.Recall))
            Call(MiniTools.Recall, "", Analogue(problem));

        var work = Number(flaw?.Steps ?? problem.Solution);
        var said = flaw?.Answer ?? problem.Answer;
        passages.Add(new Passage(Role.Assistant, work, flaw is null));
        var final = $"{AnswerMark}{problem.Answer}";
        if (tools.Contains(MiniTools.Examine))
        {
            Call(MiniTools.Examine, $"\"current_proposed_answer\":\"{said}\",\"current_reasoning\":\"{work}\"", Verdict(problem, flaw));
            if (flaw is not null && tools.Contains(MiniTools.Backtrack))
                Call(MiniTools.Backtrack, $"\"reasoning_trace\":\"{work}\"", Revision(problem, flaw));
            else if (flaw is not null)
                passages.Add(Learn(Number(problem.Solution, flaw.WrongStep) + "\n"));
        }
        else if (tools.Contains(MiniTools.Backtrack))
        {
            Call(MiniTools.Backtrack, $"\"reasoning_trace\":\"{work}\"", Revision(problem, flaw));
        }
        else
        {
            final = "\n" + final;
        }

        passages.Add(Learn(final));
        return new Conversation("loop", problem, passages);

        void Call(string tool, string arguments, string content)
        {
            passages.Add(Learn(CallStart + tool + CallArguments + arguments + CallEnd));
            var fence = random.Between(100_000, 999_999);
            passages.Add(new Passage(Role.User, $"{tool} {fence}\n{content}\n{fence}"));
        }
    }

    /// <summary>Numbered steps, each closed by a semicolon.</summary>
    internal static string Number(IEnumerable<string> steps, int from = 1) =>
        string.Concat(steps.Skip(from - 1).Select((step, i) => $"{i + from}:{step};"));

    private static string Solve(IReadOnlyList<string> steps, int answer) => $"{Number(steps)}\n{AnswerMark}{answer}";

    private static string Analogue(GeneratedProblem problem)
    {
        var recorder = new CalculationRecorder();
        var answer = problem.Recall.Solve(recorder);
        return $"Q: {problem.Recall.Canonical}\nA: {Number(recorder.Steps)}\nFinal Answer: {answer}";
    }

    private static string Verdict(GeneratedProblem problem, FlawedSolution? flaw)
    {
        var right = flaw is null ? problem.Solution.Count : flaw.WrongStep - 1;
        var steps = string.Concat(Enumerable.Range(1, right).Select(i => $"{i}:ok;"));
        return flaw is null ? $"{steps}\nVerdict: correct" : $"{steps}{flaw.WrongStep}:wrong;\nVerdict: incorrect";
    }

    private static string Revision(GeneratedProblem problem, FlawedSolution? flaw) =>
        flaw is null
            ? $"Backtrack Point: none\n{AnswerMark}{problem.Answer}"
            : $"Backtrack Point: {flaw.WrongStep}\n{Number(problem.Solution, flaw.WrongStep)}\n{AnswerMark}{problem.Answer}";

    private static Passage[] Ask(string system, string user) =>
        [new Passage(Role.System, system), new Passage(Role.User, user)];

    private static Passage Learn(string text) => new(Role.Assistant, text, Learn: true);
}
