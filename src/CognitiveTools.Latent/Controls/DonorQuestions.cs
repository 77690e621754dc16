using CognitiveTools.Randomness;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Controls;

/// <summary>Chooses another question, whose thoughts replace those of a question.</summary>
internal sealed class DonorQuestions
{
    private readonly Question[] _donors;

    /// <param name="donors">At least two with different texts, so that no question is its own donor.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public DonorQuestions(IEnumerable<Question> donors)
    {
        _donors = [.. donors];
        if (_donors.DistinctBy(donor => donor.Text).Take(2).Count() < 2)
            throw new ArgumentException("Give at least two donor questions with different texts, so that no question donates to itself.",
                nameof(donors));
    }

    /// <summary>The donor of a question: determined by the question's id, never a question with the same text.</summary>
    public Question For(Question question)
    {
        var others = _donors.Where(donor => donor.Text != question.Text).ToArray();
        return others[StableHash.Of(question.Id) % (ulong)others.Length];
    }
}
