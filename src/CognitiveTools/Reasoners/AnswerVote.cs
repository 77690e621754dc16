namespace CognitiveTools.Reasoners;

/// <summary>
/// Counts votes for answers: by <see cref="MajorityVote"/>, over the branches of a latent solve, and for maj@k. Answers are
/// grouped by equality, not by spelling: each joins the first group whose first answer it equals.
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
        var groups = new List<List<int>>();
        var bySpelling = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < answers.Count; i++)
        {
            if (answers[i] is not { } answer)
                continue;
            if (!bySpelling.TryGetValue(answer, out var group))
            {
                group = groups.Find(g => areSame(answers[g[0]]!, answer));
                if (group is null)
                    groups.Add(group = []);
                bySpelling.Add(answer, group);
            }

            group.Add(i);
        }

        return groups;
    }
}
