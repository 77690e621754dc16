using System.Text.RegularExpressions;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Lab.Training.Probes;

/// <summary>
/// What the thoughts of a Heima model say: the stages that its interpreter writes out, against the worked ones, from the hidden state and
/// from its controls.
/// </summary>
/// <param name="solve">Solves a question with the reasoner <c>heima</c>, which reads its thoughts.</param>
/// <param name="parallel">Problems looked at at once.</param>
internal sealed partial class InterpretProbe(Func<Question, CancellationToken, Task<Reasoning>> solve, int parallel = 8)
{
    private static readonly string[] Stages = ["restate", "work", "check"], States = ["own", "none", "other"];

    /// <summary>Measures.</summary>
    /// <param name="problems">The problems.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Rows of stages and states that were read at least once.</returns>
    public async Task<InterpretReport> MeasureAsync(IReadOnlyList<GeneratedProblem> problems, CancellationToken cancellationToken = default)
    {
        var solved = new Reasoning[problems.Count];
        await Parallel.ForAsync(
            0, problems.Count, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (i, token) => solved[i] = await solve(new Question($"{i}", problems[i].Text), token));
        var answered = solved.Where((reasoning, i) =>
            reasoning.Answer.EndsWith($"{MiniFormats.AnswerMark}{problems[i].Answer}", StringComparison.Ordinal));
        var rows =
            from stage in Enumerable.Range(0, Stages.Length)
            from state in States
            let row = Row(stage, state)
            where row.Texts > 0
            select row;
        return new(problems.Count, answered.Count(), [.. rows]);

        InterpretRow Row(int stage, string state)
        {
            var (texts, exact, values, right) = (0, 0, 0, 0);
            for (var i = 0; i < problems.Count; i++)
            {
                var thought = solved[i].Steps.OfType<Thought>().FirstOrDefault(thought => Says(thought) == $"<|{Stages[stage]}|>");
                if (thought?.Readings?.GetValueOrDefault(state) is not { } written)
                    continue;
                var worked = MiniFormats.Stages(problems[i])[stage];
                var (wanted, found) = (Values(stage, worked), Values(stage, written));
                texts++;
                exact += written == worked ? 1 : 0;
                values += wanted.Length;
                right += wanted.Zip(found).Count(static pair => pair.First == pair.Second);
            }

            return new(Stages[stage], state, texts, exact, values, right);
        }
    }

    // A thinking token is the most probable one where it is written.
    private static string Says(Thought thought) => thought.Nearest[0].Text;

    private static string[] Values(int stage, string text) =>
        [.. (stage == 0 ? Number() : Result()).Matches(text).Select(static match => match.Value)];

    [GeneratedRegex("[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex("(?<=[=>])[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Result();
}
