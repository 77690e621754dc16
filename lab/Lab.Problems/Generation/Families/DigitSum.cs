using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Families;

/// <summary>x becomes c times the sum of its digits plus d, again and again.</summary>
internal sealed class DigitSum : ProblemFamily
{
    public override string Name => "digits";

    public override Instance Analogue => new Drawn(25, 2, 1, 2, "25");

    public override Instance Draw(SeededRandom random, int steps)
    {
        var start = random.Between(10, 99);
        return new Drawn(start, random.Between(2, 4), random.Between(1, 9), steps, $"{start}");
    }

    public override ContinuingInstance? DrawFrom(SeededRandom random, int steps, int start, string shown) =>
        start is < 1 or > 99 ? null : new Drawn(start, random.Between(2, 4), random.Between(1, 9), steps, shown);

    private sealed record Drawn(int Start, int Factor, int Shift, int Times, string Shown) : ContinuingInstance
    {
        public override string Canonical => $"dig({Shown},{Factor},{Shift},{Times})";

        public override string Ask(int wording) => wording switch
        {
            0 => $"Start with {Shown}. Then {Times} times take the sum of the digits, multiply by {Factor} and add {Shift}. What is the "
                + "result?",
            1 => $"Replace {Shown} by {Factor} times the sum of its digits plus {Shift}. Do so {Times} times. Find the last value.",
            2 => $"Begin at {Shown}. Then {Times} times: sum of digits, times {Factor}, plus {Shift}. Give the result.",
            3 => $"Take {Shown}, then {Times} times {Factor} times the sum of its digits plus {Shift}. What is the last value?",
            _ => $"Let a={Shown}. Replace a by {Factor} times the sum of the digits of a plus {Shift}, {Times} times. Find a.",
        };

        public override int SolveFrom(int start, CalculationRecorder recorder)
        {
            var value = start;
            for (var i = 0; i < Times && !recorder.Exhausted; i++)
            {
                var (hundreds, tens, ones) = (value / 100 % 10, value / 10 % 10, value % 10);
                var sum = value switch
                {
                    > 99 => recorder.Add(recorder.Add(hundreds, tens), ones),
                    _ => recorder.Add(tens, ones),
                };
                value = recorder.Add(recorder.Multiply(sum, Factor), Shift);
                recorder.EndStep();
            }

            return value;
        }
    }
}
