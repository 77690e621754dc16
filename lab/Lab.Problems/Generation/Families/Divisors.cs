using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Families;

/// <summary>Number of divisors from a prime factorisation.</summary>
internal sealed class Divisors : ProblemFamily
{
    private static readonly int[] Primes = [2, 3, 5, 7, 11, 13];

    public override string Name => "divisors";

    public override int TrainedSteps => 4;

    public override Instance Analogue => new Drawn(3, [2, 3], [3, 1], "3");

    public override Instance? Draw(SeededRandom random, int steps)
    {
        var first = random.Between(1, 5);
        return DrawFrom(random, steps, first, $"{first}");
    }

    public override ContinuingInstance? DrawFrom(SeededRandom random, int steps, int start, string shown)
    {
        if (start is < 1 or > 12 || steps > Primes.Length)
            return null;
        var primes = (int[])Primes.Clone();
        random.Shuffle(primes);
        var chosen = primes.Take(steps).Order().ToArray();
        var exponents = new int[steps];
        exponents[0] = start;
        for (var i = 1; i < steps; i++)
            exponents[i] = random.Between(1, 5);
        var drawn = new Drawn(start, chosen, exponents, shown);
        return drawn.Solve(new CalculationRecorder()) > LargestValue(steps) ? null : drawn;
    }

    private sealed record Drawn(int Start, int[] Primes, int[] Exponents, string Shown) : ContinuingInstance
    {
        private string Product => string.Join('*', Primes.Select((prime, i) => $"{prime}^{(i == 0 ? Shown : Exponents[i])}"));

        public override string Canonical => $"div({Product})";

        public override string Ask(int wording) => wording switch
        {
            0 => $"How many divisors has {Product}?",
            1 => $"Find how many numbers divide {Product}.",
            2 => $"Count the divisors of {Product}.",
            3 => $"Give the number of divisors of {Product}.",
            _ => $"What is the number of divisors that {Product} has?",
        };

        public override int SolveFrom(int start, CalculationRecorder recorder)
        {
            var count = 1;
            for (var i = 0; i < Exponents.Length; i++)
            {
                var choices = recorder.Add(i == 0 ? start : Exponents[i], 1);
                count = i == 0 ? choices : recorder.Multiply(choices, count);
                recorder.EndStep();
            }

            return count;
        }
    }
}
