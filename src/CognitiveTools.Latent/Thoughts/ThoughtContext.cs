using CognitiveTools.Latents;
using CognitiveTools.Randomness;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Thoughts;

/// <summary>What a rule may know about the solve it thinks in.</summary>
public sealed record ThoughtContext
{
    /// <summary>The model.</summary>
    public required ILatentModel Model { get; init; }

    /// <summary>The question being solved.</summary>
    public required Question Question { get; init; }

    /// <summary>Thoughts at most; rules with a schedule (a share of the steps done) divide by it.</summary>
    public required int Steps { get; init; }

    /// <summary>Seed of everything random in this solve.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Runs a rule on another question, in a sequence of its own, and returns the embeddings it fed, in order. Its
    /// positions are booked as discarded and charged to the same budget.
    /// </summary>
    public required Func<Question, IThoughtRule, CancellationToken, ValueTask<IReadOnlyList<ReadOnlyMemory<float>>>> ThinkAboutAsync
    {
        get;
        init;
    }

    /// <summary>
    /// A generator for one purpose in this solve: depends on the seed, the question and the purpose, so that a control
    /// does not replay the noise of the rule it wraps.
    /// </summary>
    public SeededRandom CreateRandom(string purpose) => SeededRandom.Of(
        Seeds.Derive(Seed, unchecked((int)StableHash.Of(Question.Id)), unchecked((int)StableHash.Of(purpose))));
}
