using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Randomness;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Controls;

/// <summary>
/// Control: feeds the thoughts of another problem. The wrapped rule first thinks about a donor question in a sequence
/// of its own; its i-th embedding then takes the place of the i-th embedding here (from the start again when the donor
/// made fewer). Donor positions are booked as discarded.
/// </summary>
/// <remarks>
/// The cross-transplant test of "The Curriculum Is the Mechanism" (2026), in which it did not change the accuracy of a
/// trained Coconut. The donor is fixed by a hash of the question's id, never by what was solved before, so a run can be
/// repeated and resumed.
/// </remarks>
public sealed class Transplanted : EmbeddingDecorator
{
    private readonly Question[] _donors;

    /// <summary>Wraps a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="donors">Donor questions; at least two with different texts, so that no question is its own donor.</param>
    public Transplanted(IThoughtRule rule, IEnumerable<Question> donors)
        : base(rule)
    {
        _donors = [.. donors];
        if (_donors.DistinctBy(donor => donor.Text).Take(2).Count() < 2)
            throw new ArgumentException("Give at least two donor questions with different texts, so that no question donates to itself.",
                nameof(donors));
    }

    /// <summary>The donor of a question: fixed by its id, never a question with the same text.</summary>
    public Question DonorOf(Question question)
    {
        var others = _donors.Where(donor => donor.Text != question.Text).ToArray();
        return others[StableHash.Of(question.Id) % (ulong)others.Length];
    }

    /// <inheritdoc/>
    protected override async ValueTask<Func<Prediction, ThoughtInput, ThoughtInput>> PrepareAsync(
        ThoughtContext context, CancellationToken cancellationToken)
    {
        var donor = DonorOf(context.Question);
        var thoughts = await context.ThinkAboutAsync(donor, Rule, cancellationToken);
        if (thoughts.Count == 0)
            throw new InvalidOperationException(
                $"The donor question '{donor.Id}' made no embedding to transplant. Raise the steps, or name other donors.");

        var next = 0;
        return (_, input) => input.With(thoughts[next++ % thoughts.Count]);
    }
}
