using CognitiveTools.Randomness;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Steering;

/// <summary>
/// The steering strength at each step of a generation. Step 0 forwards the prompt's last token, whose output decides the first
/// token of the answer; step t forwards the t-th token of the answer. Earlier prompt tokens are never steered.
/// </summary>
internal sealed class SteeringSchedule
{
    private const float Negligible = 0.01f; // share of the first strength at which a decay ends

    private readonly float[] _head;
    private readonly float _tail;

    private SteeringSchedule(float[] head, float tail) => (_head, _tail) = (head, tail);

    /// <summary>Number of leading steps with individual strengths.</summary>
    public int Length => _head.Length;

    /// <summary>Only the first step.</summary>
    public static SteeringSchedule First(float strength) => new([strength], 0);

    /// <summary>Every step.</summary>
    public static SteeringSchedule Always(float strength) => new([], strength);

    /// <summary>Strength x rate^t at step t, until less than a hundredth is left.</summary>
    /// <param name="strength">At step 0.</param>
    /// <param name="rate">Between 0 and 1, both excluded.</param>
    public static SteeringSchedule Decaying(float strength, float rate)
    {
        if (rate is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A decay's rate lies between 0 and 1, both excluded.");
        var head = new List<float>();
        for (var share = 1f; share >= Negligible; share *= rate)
            head.Add(strength * share);
        return new([.. head], 0);
    }

    /// <summary>Strength at a step.</summary>
    public float At(int step) => step < _head.Length ? _head[step] : _tail;

    /// <summary>The control: the same strengths, each at a random step of the window. Step 0 has strength 0.</summary>
    /// <param name="seed">The same seed gives the same steps.</param>
    /// <param name="window">Number of steps to draw from, more than this schedule has.</param>
    /// <exception cref="InvalidOperationException">The schedule steers every step, so that timing cannot matter.</exception>
    public SteeringSchedule AtRandomSteps(int seed, int window)
    {
        if (_tail != 0)
            throw new InvalidOperationException("A schedule that steers every step has no timing to randomise.");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, _head.Length);
        var random = SeededRandom.Of(Seeds.Derive(seed, window));
        var steps = Enumerable.Range(1, window - 1).ToArray();
        random.Shuffle(steps);
        var moved = new float[window];
        for (var i = 0; i < _head.Length; i++)
            moved[steps[i]] = _head[i];
        return new(moved, 0);
    }
}
