using System.Text;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Generation.Families;

/// <summary>A chained word problem: coins come and go.</summary>
internal sealed class Story : ProblemFamily
{
    private const int Most = 80;

    private static readonly string[] Names = ["Ann", "Ben", "Eva", "Tom"];

    public override string Name => "story";

    public override Instance Analogue => new Drawn("Ann", 7, [('*', 2), ('-', 5)], "7");

    public override Instance? Draw(SeededRandom random, int steps)
    {
        var start = random.Between(2, 40);
        return DrawFrom(random, steps, start, $"{start}");
    }

    public override ContinuingInstance? DrawFrom(SeededRandom random, int steps, int start, string shown)
    {
        if (start is < 1 or > 60)
            return null;
        var value = start;
        var events = new (char Sign, int Amount)[steps];
        for (var i = 0; i < steps; i++)
        {
            var sign = random.Pick(['+', '-', '*']);
            var amount = sign == '*' ? random.Between(2, 3) : random.Between(2, 12);
            value = sign switch { '+' => value + amount, '-' => value - amount, _ => value * amount };
            if (value is < 1 or > Most)
                return null;
            events[i] = (sign, amount);
        }

        return new Drawn(random.Pick(Names), start, events, shown);
    }

    private sealed record Drawn(string Who, int Start, (char Sign, int Amount)[] Events, string Shown) : ContinuingInstance
    {
        public override string Canonical => $"sto({Shown}{string.Concat(Events.Select(e => $",{e.Sign}{e.Amount}"))})";

        public override string Ask(int wording)
        {
            var text = new StringBuilder(wording switch
            {
                0 => $"{Who} has {Shown} coins.",
                1 => $"There are {Shown} coins in a box of {Who}.",
                2 => $"{Who} starts with {Shown} coins.",
                3 => $"In the box are {Shown} coins.",
                _ => $"{Who} begins with {Shown} coins in a box.",
            });
            foreach (var (sign, amount) in Events)
                text.Append(Tell(wording, sign, amount));
            return text.Append(wording % 2 == 0 ? " How many are there at last?" : " Find the number of coins.").ToString();
        }

        private static string Tell(int wording, char sign, int amount) => (sign, wording) switch
        {
            ('+', 0 or 2) => $" Then {amount} more come.",
            ('+', 1) => $" Now add {amount} coins.",
            ('+', 3) => $" Put in {amount} more.",
            ('+', _) => $" Then add {amount} more.",
            ('-', 0 or 2) => $" Then {amount} are lost.",
            ('-', 1) => $" Now take {amount} coins away.",
            ('-', 3) => $" Take out {amount}.",
            ('-', _) => $" Then take away {amount}.",
            (_, 0 or 2) => $" Then there are {amount} times as many.",
            (_, 1) => $" Now multiply by {amount}.",
            (_, 3) => $" Make it {amount} times as many.",
            _ => $" Then multiply the coins by {amount}.",
        };

        public override int SolveFrom(int start, CalculationRecorder recorder)
        {
            var value = start;
            foreach (var (sign, amount) in Events)
            {
                value = sign switch
                {
                    '+' => recorder.Add(value, amount),
                    '-' => recorder.Subtract(value, amount),
                    _ => recorder.Multiply(value, amount),
                };
                recorder.EndStep();
            }

            return value;
        }
    }
}
