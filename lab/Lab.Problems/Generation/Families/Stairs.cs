using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Families;

/// <summary>Ways up a staircase with two kinds of jumps, one of them in several colours: a count by recurrence.</summary>
internal sealed class Stairs : ProblemFamily
{
    private static readonly (int Short, int Long)[] Jumps = [(1, 2), (1, 3), (2, 3), (1, 4), (1, 5)];

    public override string Name => "stairs";

    public override Instance Analogue => new Drawn(1, 2, 2, 3, 1, "1");

    public override Instance? Draw(SeededRandom random, int steps)
    {
        var start = random.Between(1, 6);
        return DrawFrom(random, steps, start, $"{start}");
    }

    public override ContinuingInstance? DrawFrom(SeededRandom random, int steps, int start, string shown)
    {
        if (start is < 1 or > 12)
            return null;
        var (near, far) = random.Pick(Jumps);
        var drawn = new Drawn(near, far, random.Between(1, 4), steps, start, shown);
        var count = drawn.Solve(new CalculationRecorder());
        return count < 1 || count > LargestValue(steps) ? null : drawn;
    }

    private sealed record Drawn(int Short, int Long, int Colours, int Height, int Start, string Shown) : ContinuingInstance
    {
        public override string Canonical => $"way({Shown},{Short},{Colours},{Long},{Height})";

        public override string Ask(int wording) => wording switch
        {
            0 => $"There are {Shown} ways to the ground. A jump goes {Short} up in {Colours} ways or {Long} up in 1 way. How many ways to "
                + $"stair {Height}?",
            1 => $"How many ways are there to stair {Height}? Jumps: {Short} up ({Colours} ways), {Long} up (1 way); {Shown} ways to the "
                + "ground.",
            2 => $"Jumps go {Short} up in {Colours} ways and {Long} up in 1 way, with {Shown} ways to the ground. Count the ways to stair "
                + $"{Height}.",
            3 => $"Count the ways to stair {Height} with {Shown} ways to the ground, jumps {Short} up in {Colours} ways and {Long} up in 1 "
                + "way.",
            _ => $"To the ground there are {Shown} ways. Jumps are {Short} up in {Colours} ways or {Long} up in 1. Count the ways to stair "
                + $"{Height}.",
        };

        public override int SolveFrom(int start, CalculationRecorder recorder)
        {
            var ways = new int[Height + 1];
            ways[0] = start;
            for (var stair = 1; stair <= Height; stair++)
            {
                var near = stair >= Short ? ways[stair - Short] : 0;
                var far = stair >= Long ? ways[stair - Long] : 0;
                ways[stair] = recorder.Add(recorder.Multiply(near, Colours), far);
                recorder.EndStep();
            }

            return ways[Height];
        }
    }
}
