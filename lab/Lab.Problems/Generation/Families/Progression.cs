using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Families;

/// <summary>Sum of an arithmetic or a geometric progression, term by term.</summary>
/// <param name="geometric">Multiply instead of add.</param>
internal sealed class Progression(bool geometric) : ProblemFamily
{
    public override string Name => geometric ? "geometric" : "arithmetic";

    public override int TrainedSteps => geometric ? 5 : 6;

    public override Instance Analogue => new Drawn(geometric, 3, 2, 2, "3");

    public override Instance? Draw(SeededRandom random, int steps)
    {
        var start = random.Between(1, geometric ? 12 : 15);
        return Draw(random, steps, start, $"{start}");
    }

    public override ContinuingInstance? DrawFrom(SeededRandom random, int steps, int start, string shown) =>
        start is < 1 or > 15 ? null : Draw(random, steps, start, shown);

    private Drawn? Draw(SeededRandom random, int steps, int start, string shown)
    {
        var drawn = new Drawn(geometric, start, geometric ? random.Between(2, 3) : random.Between(1, 9), steps, shown);
        return drawn.Solve(new CalculationRecorder()) > LargestValue(steps) ? null : drawn;
    }

    private sealed record Drawn(bool Geometric, int Start, int Change, int Further, string Shown) : ContinuingInstance
    {
        public override string Canonical => $"{(Geometric ? "geo" : "ari")}({Shown},{Change},{Further + 1})";

        private string Rule => Geometric ? $"{Change} times the last" : $"the last plus {Change}";

        public override string Ask(int wording) => wording switch
        {
            0 => $"Find the sum of {Further + 1} terms: the first is {Shown} and each next term is {Rule}.",
            1 => $"The first of {Further + 1} terms is {Shown}. Each next term is {Rule}. What is the sum of the terms?",
            2 => $"A sequence of {Further + 1} terms starts at {Shown}; each next is {Rule}. Give the sum.",
            3 => $"Begin at {Shown}. Each next term is {Rule}. Find the sum of the first {Further + 1} terms.",
            _ => $"What is the sum of the first {Further + 1} terms when the first term is {Shown} and each next is {Rule}?",
        };

        public override int SolveFrom(int start, CalculationRecorder recorder)
        {
            var (term, sum) = (start, start);
            for (var i = 0; i < Further; i++)
            {
                term = Geometric ? recorder.Multiply(term, Change) : recorder.Add(term, Change);
                sum = recorder.Add(term, sum);
                recorder.EndStep();
            }

            return sum;
        }
    }
}
