using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Families;

/// <summary>Greatest common divisor by Euclid's own method: take the smaller from the larger until both are equal.</summary>
internal sealed class Gcd : ProblemFamily
{
    private const int Largest = 80;

    public override string Name => "gcd";

    public override Instance Analogue => new Drawn(15, 6);

    public override Instance? Draw(SeededRandom random, int steps)
    {
        // Run the subtractions backwards from (g, g), so that the number of steps is exact.
        var large = random.Between(1, 12);
        var small = large;
        for (var i = 0; i < steps; i++)
        {
            var sum = large + small;
            small = random.Percent(50) ? large : small;
            large = sum;
        }

        return large > Largest ? null : new Drawn(large, small);
    }

    private sealed record Drawn(int Large, int Small) : Instance
    {
        public override string Canonical => $"gcd({Large},{Small})";

        public override string Ask(int wording) => wording switch
        {
            0 => $"Find the greatest common divisor of {Large} and {Small}.",
            1 => $"What is the greatest number that divides {Large} and {Small}?",
            2 => $"Find gcd({Large},{Small}).",
            3 => $"Give the greatest common divisor of {Small} and {Large}.",
            _ => $"{Large} and {Small} are divided by a common number. What is the greatest?",
        };

        public override int Solve(CalculationRecorder recorder)
        {
            var (large, small) = (Large, Small);
            while (large != small && small > 0 && !recorder.Exhausted)
            {
                var rest = recorder.Subtract(large, small);
                recorder.EndStep();
                (large, small) = (Math.Max(rest, small), Math.Min(rest, small));
            }

            return large;
        }
    }
}
