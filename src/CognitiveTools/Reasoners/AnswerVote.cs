namespace CognitiveTools.Reasoners;

/// <summary>
/// Counts votes for answers: by <see cref="MajorityVote"/>, over the branches of a latent solve, and for maj@k. Answers are
/// grouped by equality, not by spelling: each joins the first group all of whose answers it equals. Equality alone need not be
/// transitive, because an answer may leave something open (<c>5</c> for <c>5 cm</c> and for <c>5 kg</c>); being in one group is
/// an equivalence relation, and no group holds two answers that differ.
/// </summary>
internal static class AnswerVote
{
    /// <summary>Finds the answer given most often; of equals, the one first reached. No answer is no vote.</summary>
    /// <param name="answers">The answers, at least one; <see langword="null"/> where none was given.</param>
    /// <param name="areSame">Whether two answers are the same, as <see cref="IAnswerReader.AreSame"/> says.</param>
    /// <returns>Index of the first that gave the winning answer, 0 when nobody voted; and its votes.</returns>
    public static (int Winner, int Votes) Count(IReadOnlyList<string?> answers, Func<string, string, bool> areSame)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfZero(answers.Count, nameof(answers));
        var winner = Groups(answers, areSame).MaxBy(group => group.Count); // MaxBy takes the first of equals
        return winner is null ? (0, 0) : (winner[0], winner.Count);
    }

    /// <summary>The indices of the answers, grouped by equality, in the order in which the answers were first reached.</summary>
    /// <param name="answers">The answers; <see langword="null"/> where none was given: it joins no group.</param>
    /// <param name="areSame">Whether two answers are the same, as <see cref="IAnswerReader.AreSame"/> says.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Groups(IReadOnlyList<string?> answers, Func<string, string, bool> areSame)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(areSame);
        var groups = new List<(List<int> Indices, List<string> Spellings)>();
        var bySpelling = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < answers.Count; i++)
        {
            if (answers[i] is not { } answer)
                continue;
            if (!bySpelling.TryGetValue(answer, out var indices))
            {
                var at = groups.FindIndex(g => g.Spellings.TrueForAll(spelling => areSame(spelling, answer)));
                if (at < 0)
                {
                    at = groups.Count;
                    groups.Add(([], []));
                }

                groups[at].Spellings.Add(answer);
                indices = groups[at].Indices;
                bySpelling.Add(answer, indices);
            }

            indices.Add(i);
        }

        return [.. groups.Select(g => g.Indices)];
    }
}
