namespace CognitiveTools.Reasoners;

/// <summary>Counts votes for answers: by <see cref="MajorityVote"/>, and over the branches of a latent solve.</summary>
public static class AnswerVote
{
    /// <summary>Finds the answer given most often; of equals, the one first reached. No answer is no vote.</summary>
    /// <param name="answers">The normalised answers, at least one; <see langword="null"/> where none was given.</param>
    /// <returns>Index of the first that gave the winning answer, 0 when nobody voted; and its votes.</returns>
    public static (int Winner, int Votes) Count(IReadOnlyList<string?> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfZero(answers.Count, nameof(answers));

        // GroupBy keeps the order in which the answers were first reached, and MaxBy takes the first of equals.
        var votes = answers.Index().Where(a => a.Item is not null).GroupBy(a => a.Item!, StringComparer.Ordinal).MaxBy(g => g.Count());
        return votes is null ? (0, 0) : (votes.First().Index, votes.Count());
    }
}
