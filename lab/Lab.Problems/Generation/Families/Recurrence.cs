using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Families;

/// <summary>x becomes (c x + d) mod m, again and again.</summary>
internal sealed class Recurrence : ProblemFamily
{
    private static readonly int[] Moduli = [5, 7, 9];

    public override string Name => "recurrence";

    public override int Wordings => 6;

    public override Instance Analogue => new Drawn(3, 2, 1, 7, 2, "3");

    public override Instance Draw(SeededRandom random, int steps)
    {
        var modulus = random.Pick(Moduli);
        var start = random.Between(1, modulus - 1);
        return Draw(random, steps, modulus, start, $"{start}");
    }

    public override ContinuingInstance? DrawFrom(SeededRandom random, int steps, int start, string shown)
    {
        var modulus = random.Pick(Moduli);
        return start < 1 || start >= modulus ? null : Draw(random, steps, modulus, start, shown);
    }

    private static Drawn Draw(SeededRandom random, int steps, int modulus, int start, string shown) =>
        new(start, random.Between(2, modulus - 1), random.Between(1, modulus - 1), modulus, steps, shown);

    private sealed record Drawn(int Start, int Factor, int Shift, int Modulus, int Times, string Shown) : ContinuingInstance
    {
        public override string Canonical => $"rec({Shown},{Factor},{Shift},{Modulus},{Times})";

        public override string Ask(int wording) => wording switch
        {
            0 => $"Start with {Shown}. Then {Times} times multiply by {Factor}, add {Shift} and take the remainder mod {Modulus}. What is "
                + "the result?",
            1 => $"A sequence starts at {Shown} and each next term is {Factor} times the last plus {Shift}, mod {Modulus}. Find the term "
                + $"after {Times} steps.",
            2 => $"Let a={Shown}. Replace a by {Factor}a+{Shift} mod {Modulus}, {Times} times. Find a.",
            3 => $"Begin at {Shown}. Then {Times} times: times {Factor}, plus {Shift}, mod {Modulus}. Give the last value.",
            4 => $"Take {Shown}. Replace it by {Factor} times it plus {Shift}, mod {Modulus}, and do so {Times} times. Give the result.",
            _ => $"Find the last term after {Times} steps: begin at {Shown}, multiply by {Factor}, add {Shift}, mod {Modulus}.",
        };

        public override int SolveFrom(int start, CalculationRecorder recorder)
        {
            var value = start;
            for (var i = 0; i < Times; i++)
            {
                value = recorder.Remainder(recorder.Add(recorder.Multiply(value, Factor), Shift), Modulus);
                recorder.EndStep();
            }

            return value;
        }
    }
}
