namespace CognitiveTools.Reasoners;

/// <summary>
/// Counts votes for answers: in <see cref="MajorityVote"/>, over the branches of a latent solve, and for
/// maj@k. Answers are grouped by equality, not by spelling: each joins the first group all of whose answers it
/// equals. Equality alone is not always transitive, because an answer may be incomplete (<c>5</c> equals both
/// <c>5 cm</c> and <c>5 kg</c>); membership in a group is, and a group never holds two different answers.
/// </summary>
internal static class AnswerVote
{
    /// <summary>Finds the most frequent answer; of equals, the first one. Missing answers do not vote.</summary>
    /// <param name="answers">The answers, at least one; <see langword="null"/> for a missing one.</param>
    /// <param name="areSame">Whether two answers are the same, as <see cref="IAnswerReader.AreSame"/> says.</param>
    /// <returns>Index of the first vote for the winning answer, 0 without any votes; and its number of votes.</returns>
    public static (int Winner, int Votes) Count(IReadOnlyList<string?> answers, Func<string, string, bool> areSame)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfZero(answers.Count, nameof(answers));
        var winner = Groups(answers, areSame).MaxBy(group => group.Count); // MaxBy takes the first of equals
        return winner is null ? (0, 0) : (winner[0], winner.Count);
    }

    /// <summary>The indices of the answers, grouped by equality, in the order of each group's first answer.</summary>
    /// <param name="answers">The answers; <see langword="null"/> for a missing one, which is in no group.</param>
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
