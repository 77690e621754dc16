using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Elicitation;

/// <summary>A finished branch.</summary>
/// <param name="Rank">Rank of its first token.</param>
/// <param name="First">The first token.</param>
/// <param name="Said">Its text, the thoughts apart.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="End">Why it ended.</param>
internal sealed record DecodedBranch(int Rank, TokenShare First, SeparatedText Said, int Tokens, GenerationEnd End)
{
    public string? Answer { get; init; }

    public double Confidence { get; init; }

    /// <summary>Mean margin over the tokens that have a character in the answer's span.</summary>
    /// <param name="span">The answer's position in the text.</param>
    /// <param name="ends">For each token the length of the text up to its end.</param>
    /// <param name="margins">For each token the margin of the prediction it came from.</param>
    public static double Over(AnswerSpan span, IReadOnlyList<int> ends, IReadOnlyList<double> margins)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < ends.Count; i++)
        {
            var start = i == 0 ? 0 : ends[i - 1];
            if (start >= span.Start + span.Length || ends[i] <= span.Start || start == ends[i])
                continue;
            sum += margins[i];
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }

    /// <summary>
    /// The branch with the selected answer; <see langword="null"/> without any answer. Of equals the one with the better first token.
    /// </summary>
    /// <param name="branches">The branches, by rank.</param>
    /// <param name="selection">Whether confidences of equal answers are added.</param>
    /// <param name="areSame">Whether two answers are the same.</param>
    public static DecodedBranch? Choose(
        IReadOnlyList<DecodedBranch> branches, BranchSelection selection, Func<string, string, bool> areSame)
    {
        var answered = branches.Where(branch => branch.Answer is not null);
        if (selection == BranchSelection.Aggregate)
        {
            // The groups keep the order of first tokens, and MaxBy takes the first of equals.
            var groups = AnswerVote.Groups([.. branches.Select(branch => branch.Answer)], areSame);
            answered = groups.MaxBy(group => group.Sum(i => branches[i].Confidence))?.Select(i => branches[i]) ?? [];
        }

        return answered.MaxBy(branch => branch.Confidence);
    }
}
