using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Families;

/// <summary>Two congruences: the smallest number that leaves both remainders, found by trying.</summary>
internal sealed class Congruence : ProblemFamily
{
    private static readonly (int First, int Second)[] Moduli =
        [(5, 7), (7, 5), (7, 9), (9, 7), (5, 9), (8, 7), (8, 9), (8, 5), (6, 7), (4, 7), (4, 9), (10, 7), (10, 9)];

    public override string Name => "congruence";

    // The second modulus bounds the tries.
    public override int TrainedSteps => 5;

    public override Instance Analogue => new Drawn(2, 5, 5, 7);

    public override Instance? Draw(SeededRandom random, int steps)
    {
        var (first, second) = random.Pick(Moduli);
        if (steps > second)
            return null;
        var residue = random.Below(first);
        return new Drawn(residue, first, (residue + (first * (steps - 1))) % second, second);
    }

    private sealed record Drawn(int FirstRest, int First, int SecondRest, int Second) : Instance
    {
        public override string Canonical => $"crt({FirstRest},{First},{SecondRest},{Second})";

        public override string Ask(int wording) => wording switch
        {
            0 => $"Find the least number that is {FirstRest} mod {First} and {SecondRest} mod {Second}.",
            1 => $"Which least number leaves remainder {FirstRest} when divided by {First} and {SecondRest} when divided by {Second}?",
            2 => $"Find the least a with a mod {First}={FirstRest} and a mod {Second}={SecondRest}.",
            3 => $"Mod {First} the remainder is {FirstRest}, mod {Second} it is {SecondRest}. What is the least such number?",
            _ => $"When divided by {First} a number leaves {FirstRest}; divided by {Second} it leaves {SecondRest}. Find the least such "
                + "number.",
        };

        public override int Solve(CalculationRecorder recorder)
        {
            var value = FirstRest;
            while (true)
            {
                var rest = recorder.Remainder(value, Second);
                recorder.EndStep();
                if (rest == SecondRest || recorder.Exhausted)
                    return value;
                value = recorder.Add(value, First);
            }
        }
    }
}
