using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>
/// The conversations a verbal reference model learns from: what the host sends is what the profile <c>prompts/mini</c>
/// renders, byte for byte, and what the model answers comes from the problem's worked solution.
/// </summary>
internal static class MiniFormats
{
    internal const string Graph = "graph";
    internal const string Staged = "staged";
    internal const string Lines = "lines";
    internal const string AnswerMark = "ANSWER: ";
    internal const string CallStart = "<call>{\"tool\":\"";
    internal const string CallArguments = "\",\"args\":{";
    internal const string CallEnd = "}}</call>";
    internal const string BacktrackPoint = "Backtrack Point: ";
    internal const string RightMark = " ok;";
    internal const string WrongMark = " wrong;";

    private static readonly char[] ResultSigns = ['=', '>'];

    /// <summary>Names of the formats; <c>graph</c> is that of the superposition model alone.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["direct", "cot", "understand", "recall", "examine", "backtrack", "loop", "forced", Graph, "solve", Staged, Lines];

    /// <summary>The answer at once.</summary>
    public static Conversation Direct(GeneratedProblem problem) =>
        new("direct", problem, [.. Ask("direct", problem.Text), Learn(AnswerMark + problem.Answer)]);

    /// <summary>The worked solution, then the answer.</summary>
    public static Conversation ChainOfThought(GeneratedProblem problem) =>
        new("cot", problem, [.. Ask("cot", problem.Text), Learn(Solve(problem.Solution, problem.Answer))]);

    /// <summary>The worked solution of a problem that is put in canonical form.</summary>
    public static Conversation FromCanonical(GeneratedProblem problem) =>
        new("solve", problem, [.. Ask("cot", problem.Canonical), Learn(Solve(problem.Solution, problem.Answer))]);

    /// <summary>The worked solution of a problem in canonical form, a primitive a line, and the answer as the last line.</summary>
    public static Conversation InLines(GeneratedProblem problem) => new(
        Lines,
        problem,
        [
            .. Ask("cot", problem.Canonical),
            Learn(string.Join('\n', [.. PrimitiveLine.Of(problem.Solution), AnswerMark + problem.Answer])),
        ]);

    /// <summary>
    /// A worked solution in stages, a line each, then the answer. A Heima model collapses each stage into one token.
    /// </summary>
    public static Conversation InStages(GeneratedProblem problem)
    {
        var stages = string.Concat(Stages(problem).Select(static stage => stage + "\n"));
        return new(Staged, problem, [.. Ask("latent", problem.Text), Learn(stages + AnswerMark + problem.Answer)]);
    }

    /// <summary>The stages: the question in canonical form, the numbered steps, and the last step worked out once more.</summary>
    public static IReadOnlyList<string> Stages(GeneratedProblem problem) =>
        [problem.Canonical, Number(problem.Solution), problem.Solution[^1]];

    /// <summary>The question restated in canonical form.</summary>
    public static Conversation Understand(GeneratedProblem problem) =>
        new("understand", problem, [.. Ask("understand", problem.Text), Learn(problem.Canonical)]);

    /// <summary>A solved analogous problem.</summary>
    public static Conversation Recall(GeneratedProblem problem) =>
        new("recall", problem, [.. Ask("recall", problem.Text), Learn(Analogue(problem))]);

    /// <summary>A verdict on a proposed solution, step by step.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="flaw">The flawed solution proposed; <see langword="null"/> to propose the right one.</param>
    /// <param name="style">What is written for each step.</param>
    public static Conversation Examine(
        GeneratedProblem problem, FlawedSolution? flaw, Examination style = Examination.Marks) => new(
        "examine",
        problem,
        [
            .. Ask("examine", $"{problem.Text}\n{flaw?.Answer ?? problem.Answer}\n{Number(flaw?.Steps ?? problem.Solution)}"),
            Learn(Verdict(problem, flaw, style)),
        ]);

    /// <summary>The first wrong step and the corrected continuation.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="flaw">The flawed solution; <see langword="null"/> to hand over the right one.</param>
    /// <param name="keep">Whether the steps before the wrong one are written again, as they are, before the rest.</param>
    public static Conversation Backtrack(GeneratedProblem problem, FlawedSolution? flaw, bool keep = false) => new(
        "backtrack",
        problem,
        [
            .. Ask("backtrack", $"{problem.Text}\n{Number(flaw?.Steps ?? problem.Solution)}"),
            Learn(Revision(problem, flaw, keep)),
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
    /// <param name="style">How examine answers; in all styles but the first, backtracking writes the steps again that it keeps.</param>
    public static Conversation Loop(
        GeneratedProblem problem, IReadOnlyList<string> tools, FlawedSolution? flaw, SeededRandom random,
        Examination style = Examination.Marks)
    {
        var keeps = style != Examination.Marks;
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
            var arguments = $"\"current_proposed_answer\":\"{said}\",\"current_reasoning\":\"{work}\"";
            Call(MiniTools.Examine, arguments, Verdict(problem, flaw, style));
            if (flaw is not null && tools.Contains(MiniTools.Backtrack))
                Call(MiniTools.Backtrack, $"\"reasoning_trace\":\"{work}\"", Revision(problem, flaw, keeps));
            else if (flaw is not null)
                passages.Add(Learn(Number(problem.Solution, flaw.WrongStep) + "\n"));
        }
        else if (tools.Contains(MiniTools.Backtrack))
        {
            Call(MiniTools.Backtrack, $"\"reasoning_trace\":\"{work}\"", Revision(problem, flaw, keeps));
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

    private static string Verdict(GeneratedProblem problem, FlawedSolution? flaw, Examination style)
    {
        var right = flaw is null ? problem.Solution.Count : flaw.WrongStep - 1;
        var steps = string.Concat(Enumerable.Range(1, right).Select(i => Judge(i, "ok;", RightMark)));
        return flaw is null ? $"{steps}\nVerdict: correct" : $"{steps}{Judge(flaw.WrongStep, "wrong;", WrongMark)}\nVerdict: incorrect";

        string Judge(int step, string bare, string mark) => style switch
        {
            Examination.Marks => $"{step}:{bare}",
            Examination.Recomputed => $"{step}:{problem.Solution[step - 1]}{mark}",
            _ => $"{step}:{problem.Solution[step - 1]},{Given(step)}{mark}",
        };

        // A solution that ends too early gives nothing.
        string Given(int step) => (flaw?.Steps ?? problem.Solution).ElementAtOrDefault(step - 1) is { } given
            ? given[(given.LastIndexOfAny(ResultSigns) + 1)..]
            : "-";
    }

    private static string Revision(GeneratedProblem problem, FlawedSolution? flaw, bool keep)
    {
        var answer = $"{AnswerMark}{problem.Answer}";
        var point = $"{BacktrackPoint}{(flaw is null ? "none" : $"{flaw.WrongStep}")}\n";
        return keep ? $"{Number(problem.Solution)}\n{point}{answer}"
            : flaw is null ? point + answer
            : $"{point}{Number(problem.Solution, flaw.WrongStep)}\n{answer}";
    }

    private static Passage[] Ask(string system, string user) =>
        [new Passage(Role.System, system), new Passage(Role.User, user)];

    internal static Passage Learn(string text) => new(Role.Assistant, text, Learn: true);
}
