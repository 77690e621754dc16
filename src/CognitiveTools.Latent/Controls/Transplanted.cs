using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Controls;

/// <summary>
/// Control: feeds the thoughts of another problem. The wrapped rule first thinks about a donor question in a separate sequence; its
/// i-th embedding then replaces the i-th embedding here (cyclically when the donor made fewer). Donor positions count as discarded.
/// </summary>
/// <remarks>
/// The cross-transplant test of "The Curriculum Is the Mechanism" (2026), in which it did not change the accuracy of a
/// trained Coconut. The donor depends only on a hash of the question's id, so a run can be repeated and resumed.
/// </remarks>
public sealed class Transplanted : EmbeddingDecorator
{
    private readonly DonorQuestions _donors;

    /// <summary>Wraps a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="donors">Donor questions; at least two with different texts, so that no question is its own donor.</param>
    public Transplanted(IThoughtRule rule, IEnumerable<Question> donors)
        : base(rule) => _donors = new DonorQuestions(donors);

    /// <summary>The donor of a question: determined by the question's id, never a question with the same text.</summary>
    public Question DonorOf(Question question) => _donors.For(question);

    /// <inheritdoc/>
    protected override async ValueTask<Func<Prediction, ThoughtInput, ThoughtInput>> PrepareAsync(
        ThoughtContext context, CancellationToken cancellationToken)
    {
        var donor = DonorOf(context.Question);
        var thoughts = await context.ThinkAboutAsync(donor, Rule, cancellationToken);
        if (thoughts.Count == 0)
            throw new InvalidOperationException(
                $"The donor question '{donor.Id}' made no embeddings to transplant. Raise the steps, or name other donors.");

        var next = 0;
        return (_, input) => input.With(thoughts[next++ % thoughts.Count]);
    }
}
