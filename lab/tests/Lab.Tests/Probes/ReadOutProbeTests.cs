using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Probes;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Lab.Tests.Probes;

public sealed class ReadOutProbeTests
{
    private static readonly GeneratedProblem[] Problems = [.. new ProblemGenerator(3, Split.Train, "recurrence").Distinct(500)];

    private static readonly Dictionary<string, int[]> Results = Problems.ToDictionary(
        static problem => problem.Text,
        static problem => problem.Solution.SelectMany(static step => step.Split('=')[1..])
            .Select(static text => int.Parse(string.Concat(text.TakeWhile(char.IsDigit)))).ToArray(),
        StringComparer.Ordinal);

    [Fact]
    public async Task Results_that_the_thoughts_hold_are_read_and_the_shuffled_map_reads_them_no_better_than_chance()
    {
        var rows = await MeasureAsync(static (asked, number) => [Results[asked].ElementAtOrDefault(number - 1)]);

        Assert.Equal([1, 2, 3, 4, 5], rows.Select(static row => row.Thought));
        Assert.Equal((400, 100), (rows[0].Fitted, rows[0].Problems));
        Assert.All(rows, static row =>
        {
            // A result that was never fitted cannot be read.
            Assert.InRange((double)row.Right / row.Problems, 0.8, 1);
            Assert.InRange((double)row.Shuffled / row.Problems, 0, 0.5);
        });
        Assert.True(rows[4].Problems < rows[0].Problems, "shorter problems have fewer results");
    }

    [Fact]
    public async Task Thoughts_that_are_all_alike_give_the_commonest_result() => Assert.All(
        await MeasureAsync(static (_, _) => [7]), static row => Assert.Equal((row.Commonest, row.Commonest), (row.Right, row.Shuffled)));

    private static Task<IReadOnlyList<ReadOutRow>> MeasureAsync(Func<string, int, IReadOnlyList<int>> think) => new ReadOutProbe(
        new ThoughtOracle(think), static text => [new ChatMessage(ChatRole.User, text)], ThoughtOracle.Begin)
        .MeasureAsync(Problems[..400], Problems[400..], 5, TestContext.Current.CancellationToken);
}
