using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Traced;

/// <summary>A problem whose work is written line by line, with the training conversations about it.</summary>
/// <param name="Family">Family of the training conversations.</param>
/// <param name="Text">The problem as the solver sees it.</param>
/// <param name="Lines">The right work, at least one line.</param>
/// <param name="Separator">What ends a line of the work: a semicolon or a line break.</param>
/// <param name="End">What stands between the work and the answer.</param>
/// <param name="Answer">The exact answer.</param>
internal sealed record TracedProblem(
    string Family, string Text, IReadOnlyList<string> Lines, char Separator, string End, string Answer)
{
    // A call is JSON on one line, so that the lines of the work are separated by semicolons in it.
    private const char InCalls = ';';

    /// <summary>The right work and the answer.</summary>
    public string Worked => Join(Lines, Separator) + Closing;

    private string Closing => $"{End}{MiniFormats.AnswerMark}{Answer}";

    /// <summary>The answer alone.</summary>
    public Conversation Direct() => Converse("direct", "direct", [MiniFormats.Learn(MiniFormats.AnswerMark + Answer)]);

    /// <summary>The work, then the answer.</summary>
    public Conversation ChainOfThought() => Converse("cot", "cot", [MiniFormats.Learn(Worked)]);

    /// <summary>The tool <c>backtracking</c>: all right lines, then the first line that is wrong in what was given.</summary>
    /// <param name="flaw">The work given; <see langword="null"/> for the right one.</param>
    public Conversation Backtrack(TraceFlaw? flaw) => new(
        "backtrack",
        Family,
        Steps,
        0,
        [
            new Passage(Role.System, "backtrack"), new Passage(Role.User, $"{Text}\n{Join(flaw?.Lines ?? Lines, InCalls)}"),
            MiniFormats.Learn(Revision(flaw)),
        ]);

    /// <summary>The tool loop: work, a call of <c>backtracking</c>, the tool's right lines written again, the answer.</summary>
    /// <param name="flaw">What is wrong in the work, which is then not learned; <see langword="null"/> for nothing.</param>
    /// <param name="random">Draws the fence.</param>
    public Conversation Loop(TraceFlaw? flaw, SeededRandom random)
    {
        var work = flaw?.Lines ?? Lines;
        var fence = random.Between(100_000, 999_999);
        return Converse(
            "loop",
            $"loop {MiniTools.Backtrack}",
            [
                new Passage(Role.Assistant, Join(work, Separator), Learn: flaw is null),
                MiniFormats.Learn($"{MiniFormats.CallStart}{MiniTools.Backtrack}{MiniFormats.CallArguments}\"reasoning_trace\":\""
                    + $"{Join(work, InCalls)}\"{MiniFormats.CallEnd}"),
                new Passage(Role.User, $"{MiniTools.Backtrack} {fence}\n{Revision(flaw)}\n{fence}"),
                MiniFormats.Learn(Worked),
            ]);
    }

    private int Steps => Math.Min(Lines.Count, byte.MaxValue);

    private string Revision(TraceFlaw? flaw) =>
        $"{Join(Lines, Separator)}{(Separator == '\n' ? "" : "\n")}{MiniFormats.BacktrackPoint}{(flaw is null ? "none" : $"{flaw.Wrong}")}";

    private Conversation Converse(string format, string system, IEnumerable<Passage> passages) => new(
        format, Family, Steps, 0, [new Passage(Role.System, system), new Passage(Role.User, Text), .. passages]);

    private static string Join(IEnumerable<string> lines, char separator) => string.Concat(lines.Select(line => line + separator));
}
