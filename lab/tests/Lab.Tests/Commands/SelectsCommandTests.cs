using CognitiveTools.Lab.Commands.Models;

namespace CognitiveTools.Lab.Tests.Commands;

public sealed class SelectsCommandTests
{
    [Fact]
    public void Problems_that_only_the_tuned_model_solves_are_counted()
    {
        var ever = new Dictionary<string, (double, int)>
        {
            ["a"] = (0.5, 4),
            ["b"] = (0, 4),
            ["c"] = (0, 4),
            ["d"] = (1, 4),
            ["e"] = (1, 4),
        };
        var tuned = new Dictionary<string, (double, int)> { ["a"] = (1, 1), ["b"] = (1, 1), ["c"] = (0, 1), ["d"] = (0, 1) };

        var line = ModelsSelectsCommand.Line("direct", ever, "tuned", tuned);

        Assert.Contains("tuned: pass@1 50.0 % of 4 problems", line, StringComparison.Ordinal);
        Assert.Contains("direct: pass@1 37.5 %, pass@4 50.0 %", line, StringComparison.Ordinal);
        Assert.Contains("Of 2 problems that direct never solves, tuned solves 1", line, StringComparison.Ordinal);
        Assert.Contains("of 2 that tuned solves, direct solves 1 at least once", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_without_a_common_problem_are_refused()
    {
        var one = new Dictionary<string, (double, int)> { ["a"] = (1, 1) };
        var other = new Dictionary<string, (double, int)> { ["b"] = (1, 1) };
        Assert.Contains("same problems", Assert.Throws<InvalidDataException>(
            () => ModelsSelectsCommand.Line("direct", one, "tuned", other)).Message, StringComparison.Ordinal);
    }
}
