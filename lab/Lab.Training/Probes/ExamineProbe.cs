using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Training.Probes;

/// <summary>
/// Says where an examination that recomputes goes wrong: in working a step out again, in copying the step that was given, or in comparing
/// the two. Solutions are the exact ones, the same ones with a planted slip, and the model's own.
/// </summary>
/// <param name="solve">The model's own solution of a question.</param>
/// <param name="examine">Its reply to a question, an answer and numbered steps.</param>
/// <param name="parallel">Problems looked at at once.</param>
internal sealed class ExamineProbe(
    Func<string, CancellationToken, Task<string>> solve,
    Func<string, string, string, CancellationToken, Task<string>> examine,
    int parallel = 8)
{
    private static readonly string[] Origins = ["exact", "planted slip", "own"];

    /// <summary>Measures.</summary>
    /// <param name="problems">The problems.</param>
    /// <param name="seed">Fixes the planted slips.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A row for each origin that gave solutions.</returns>
    public async Task<IReadOnlyList<ExamineRow>> MeasureAsync(
        IReadOnlyList<GeneratedProblem> problems, ulong seed, CancellationToken cancellationToken = default)
    {
        var replies = new List<(Proposal Proposal, string Reply)>[problems.Count];
        var random = SeededRandom.For(seed, "planted slips");
        var planted = problems.Select(problem => Corpus.Flaw(problem, random, 100)).ToArray();
        await Parallel.ForAsync(
            0, problems.Count, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (i, token) =>
        {
            var problem = problems[i];
            List<Proposal> proposals = [new(problem, null, Origins[0])];
            if (planted[i] is { } slip)
                proposals.Add(new(problem, slip, Origins[1]));
            if (SampledSolution.Grade(problem, await solve(problem.Text, token)) is { } own)
                proposals.Add(new(problem, own.Flaw, Origins[2]));
            replies[i] = [];
            foreach (var proposal in proposals)
                replies[i].Add((proposal, await examine(problem.Text, proposal.Answer, MiniFormats.Number(proposal.Steps), token)));
        });
        return [.. replies.SelectMany(static list => list).GroupBy(static judged => judged.Proposal.Origin)
            .OrderBy(static group => Array.IndexOf(Origins, group.Key)).Select(static group => Row(group.Key, [.. group]))];
    }

    private static ExamineRow Row(string origin, IReadOnlyList<(Proposal Proposal, string Reply)> judged)
    {
        var (flawed, caught, alarms, unread, located) = (0, 0, 0, 0, 0);
        var lines = new LineCounts();
        foreach (var (proposal, reply) in judged)
        {
            var isFlawed = proposal.Flaw is not null;
            flawed += isFlawed ? 1 : 0;
            var steps = lines.Add(proposal, reply);
            if (reply.EndsWith("Verdict: incorrect", StringComparison.Ordinal))
            {
                caught += isFlawed ? 1 : 0;
                alarms += isFlawed ? 0 : 1;
                located += isFlawed && steps == proposal.Flaw!.WrongStep ? 1 : 0;
            }
            else if (!reply.EndsWith("Verdict: correct", StringComparison.Ordinal))
            {
                unread++;
            }
        }

        return new(
            origin, judged.Count, flawed, caught, alarms, unread, located, lines.All, lines.Right, lines.Differing, lines.MarkedWrong,
            lines.Copied);
    }

    private sealed record Proposal(GeneratedProblem Problem, FlawedSolution? Flaw, string Origin)
    {
        public IReadOnlyList<string> Steps => Flaw?.Steps ?? Problem.Solution;

        public string Answer => $"{Flaw?.Answer ?? Problem.Answer}";
    }

    private sealed class LineCounts
    {
        public int All { get; private set; }

        public int Right { get; private set; }

        public int Differing { get; private set; }

        public int MarkedWrong { get; private set; }

        public int Copied { get; private set; }

        // How many steps were judged. Lines are counted up to the first that is wrong: behind it nothing can be right.
        public int Add(Proposal proposal, string reply)
        {
            var judged = reply.Split('\n')[0].Split(';', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < Math.Min(judged.Length, Math.Min(proposal.Steps.Count, proposal.Problem.Solution.Count)); i++)
            {
                var isWrong = judged[i].EndsWith(MiniFormats.WrongMark[..^1], StringComparison.Ordinal);
                var mark = isWrong ? MiniFormats.WrongMark : MiniFormats.RightMark;
                // What stands behind the comma is the result that was given.
                var line = judged[i].Replace(mark[..^1], "", StringComparison.Ordinal).Split(',')[0];
                All++;
                if (line != $"{i + 1}:{proposal.Problem.Solution[i]}")
                {
                    Copied += line == $"{i + 1}:{proposal.Steps[i]}" ? 1 : 0;
                    break;
                }

                Right++;
                if (proposal.Steps[i] == proposal.Problem.Solution[i])
                    continue;
                Differing++;
                MarkedWrong += isWrong ? 1 : 0;
                break;
            }

            return judged.Length;
        }
    }
}
