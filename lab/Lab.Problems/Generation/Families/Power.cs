using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Families;

/// <summary>c a^n mod m.</summary>
internal sealed class Power : ProblemFamily
{
    private static readonly int[] Moduli = [5, 7, 9];

    public override string Name => "power";

    public override Instance Analogue => new Drawn(2, 3, 7, 2, "2");

    public override Instance Draw(SeededRandom random, int steps)
    {
        var modulus = random.Pick(Moduli);
        var start = random.Between(1, modulus - 1);
        return new Drawn(start, random.Between(2, modulus - 1), modulus, steps, $"{start}");
    }

    public override ContinuingInstance? DrawFrom(SeededRandom random, int steps, int start, string shown)
    {
        var modulus = random.Pick(Moduli);
        return start < 1 || start >= modulus
            ? null
            : new Drawn(start, random.Between(2, modulus - 1), modulus, steps, shown);
    }

    private sealed record Drawn(int Start, int Base, int Modulus, int Exponent, string Shown) : ContinuingInstance
    {
        public override string Canonical => $"pow({Shown},{Base},{Modulus},{Exponent})";

        public override string Ask(int wording) => wording switch
        {
            0 => $"Find {Shown}*{Base}^{Exponent} mod {Modulus}.",
            1 => $"What is the remainder when {Shown}*{Base}^{Exponent} is divided by {Modulus}?",
            2 => $"Give the remainder of {Shown} times {Base} to the power {Exponent}, mod {Modulus}.",
            3 => $"Take {Shown} times {Base}^{Exponent}. What remains mod {Modulus}?",
            _ => $"When {Shown} times {Base} to the power {Exponent} is divided by {Modulus}, what is the remainder?",
        };

        public override int SolveFrom(int start, CalculationRecorder recorder)
        {
            var value = start;
            for (var i = 0; i < Exponent; i++)
            {
                value = recorder.Remainder(recorder.Multiply(value, Base), Modulus);
                recorder.EndStep();
            }

            return value;
        }
    }
}
