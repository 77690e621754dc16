using CognitiveTools.Cli.Eval;
using CognitiveTools.Evals.Progress;
using Spectre.Console;

namespace CognitiveTools.Cli.Tests.Eval;

public sealed class ProgressTableTests
{
    private static readonly RunSnapshot Running = new(
        [
            new ArmProgress("direct", 40, 200, 5, 0, 0),
            new ArmProgress("understand [shuffled]", 38, 200, 5, 1, 2),
            new ArmProgress("coconut/transplanted", 39, 200, 11, 0, 0),
        ],
        117, 600, 8, TimeSpan.FromSeconds(75), TimeSpan.FromSeconds(310), 1182.4, 1_802_240);

    [Theory]
    [InlineData(200)]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(45)]
    [InlineData(30)]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        var lines = Rendered(width);

        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Equal(Running.Arms.Count, lines.Count(static line => line.Contains("/200", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(200, "done correct errors truncated")]
    [InlineData(60, "done correct errors")]
    [InlineData(50, "done correct")]
    [InlineData(40, "done")]
    public void Columns_are_dropped_in_their_order(int width, string expected)
    {
        var head = Rendered(width).Single(static line => line.Contains("done", StringComparison.Ordinal));

        Assert.Equal(expected, string.Join(' ', head.Split([' ', '│'], StringSplitOptions.RemoveEmptyEntries).Skip(1)));
    }

    [Theory]
    [InlineData(
        200, "117 of 600 units, about 0:05:10 to go, 0:01:15 so far, 1182 positions/s, 8 in flight, about 1,802,240 positions in all")]
    [InlineData(70, "117 of 600 units, about 0:05:10 to go, 0:01:15 so far, 8 in flight")]
    [InlineData(20, "117 of 600 units")]
    public void The_line_above_drops_what_does_not_fit(int width, string expected) =>
        Assert.Equal(expected, ProgressTable.Line(Running, width));

    private static string[] Rendered(int width)
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
        });
        console.Profile.Width = width;
        console.Write(ProgressTable.Of(Running, width));
        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
