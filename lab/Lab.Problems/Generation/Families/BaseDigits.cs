using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Families;

/// <summary>Digits in a small base to a decimal number, by Horner's rule.</summary>
internal sealed class BaseDigits : ProblemFamily
{
    public override string Name => "base";

    public override int TrainedSteps => 5;

    public override Instance Analogue => new Drawn([2, 1, 1], 3);

    public override Instance? Draw(SeededRandom random, int steps)
    {
        var radix = random.Between(2, 6);
        var digits = new int[steps + 1];
        digits[0] = random.Between(1, radix - 1);
        for (var i = 1; i <= steps; i++)
            digits[i] = random.Below(radix);
        var drawn = new Drawn(digits, radix);
        return drawn.Solve(new CalculationRecorder()) > LargestValue(steps) ? null : drawn;
    }

    private sealed record Drawn(int[] Digits, int Radix) : Instance
    {
        private string Listed => string.Join(',', Digits);

        public override string Canonical => $"bas({Radix},{Listed})";

        public override string Ask(int wording) => wording switch
        {
            0 => $"Which number has the digits {Listed} in base {Radix}?",
            1 => $"The digits of a number in base {Radix} are {Listed}. Find the number.",
            2 => $"In base {Radix} a number is {Listed}. What is it in base 10?",
            3 => $"Give {Listed} in base {Radix} as a number in base 10.",
            _ => $"Find the number with the digits {Listed} when the base is {Radix}.",
        };

        public override int Solve(CalculationRecorder recorder)
        {
            var value = Digits[0];
            foreach (var digit in Digits.Skip(1))
            {
                value = recorder.Add(recorder.Multiply(value, Radix), digit);
                recorder.EndStep();
            }

            return value;
        }
    }
}
