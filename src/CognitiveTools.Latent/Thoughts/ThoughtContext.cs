using CognitiveTools.Latents;
using CognitiveTools.Randomness;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Thoughts;

/// <summary>The solve in which a rule thinks.</summary>
public sealed record ThoughtContext
{
    /// <summary>The model.</summary>
    public required ILatentModel Model { get; init; }

    /// <summary>The question being solved.</summary>
    public required Question Question { get; init; }

    /// <summary>The maximum number of thoughts; rules with a schedule use it as the total.</summary>
    public required int Steps { get; init; }

    /// <summary>Seed of all random choices in this solve.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Runs a rule on another question, in a separate sequence, and returns the embeddings
    /// it fed, in order. Its positions count as discarded, within the same budget.
    /// </summary>
    public required Func<Question, IThoughtRule, CancellationToken, ValueTask<IReadOnlyList<ReadOnlyMemory<float>>>> ThinkAboutAsync
    {
        get;
        init;
    }

    /// <summary>
    /// A random generator for one purpose in this solve. It depends on the seed, the question
    /// and the purpose, so that a control does not repeat the noise of the rule it wraps.
    /// </summary>
    public SeededRandom CreateRandom(string purpose) => SeededRandom.Of(
        Seeds.Derive(Seed, unchecked((int)StableHash.Of(Question.Id)), unchecked((int)StableHash.Of(purpose))));
}
