using System.Text;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Families;

/// <summary>
/// Sums and products mod 5, one after another: <c>3 +4 *2 +1 mod 5</c>. Every step needs the one before it, so a
/// network that answers at once needs depth in proportion to the steps, or a cleverer way than going from left to right,
/// which is the order here whichever the sign.
/// </summary>
/// <remarks>The recurrent-depth model's family; not among the families drawn when none is named.</remarks>
internal sealed class Operations : ProblemFamily
{
    /// <summary>What everything is taken modulo.</summary>
    public const int Modulus = 5;

    public override string Name => "operations";

    public override int Wordings => 2;

    public override int LongestSteps => 12;

    public override Instance Analogue => new Drawn(3, "+4*2+1");

    /// <summary>Every operation as the problem shows it; none of them forgets the value it is applied to.</summary>
    public static IReadOnlyList<string> Shown { get; } =
        [.. Enumerable.Range(1, Modulus - 1).Select(value => $"+{value}"), .. Enumerable.Range(2, Modulus - 2)
            .Select(value => $"*{value}")];

    public override Instance Draw(SeededRandom random, int steps)
    {
        var start = random.Below(Modulus);
        return new Drawn(start, string.Concat(Enumerable.Range(0, steps).Select(_ => random.Pick([.. Shown]))));
    }

    // A sign and a digit for each operation, in one string so that equal problems are equal records.
    private sealed record Drawn(int Start, string Signs) : Instance
    {
        public override string Canonical => $"ops({Start},{Signs})";

        public override string Ask(int wording) => wording == 0 ? $"{Start}{Spaced()} mod {Modulus}" : $"mod {Modulus}: {Start}{Spaced()}";

        public override int Solve(CalculationRecorder recorder)
        {
            var value = Start;
            for (var i = 0; i < Signs.Length; i += 2)
            {
                var operand = Signs[i + 1] - '0';
                value = recorder.Remainder(Signs[i] == '+' ? recorder.Add(value, operand) : recorder.Multiply(value, operand), Modulus);
                recorder.EndStep();
            }

            return value;
        }

        private string Spaced()
        {
            var text = new StringBuilder();
            for (var i = 0; i < Signs.Length; i += 2)
                text.Append(' ').Append(Signs, i, 2);
            return text.ToString();
        }
    }
}
