using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Problems.Shifted;

namespace CognitiveTools.Lab.Tests.Shifted;

public sealed class CellTableTests : IDisposable
{
    private static readonly ProblemSet Problems = new(
        "cells",
        [.. Enumerable.Range(0, 24).Select(i => new Problem($"p{i}", $"{i}?", $"{i}") { Topic = i < 12 ? "near" : "far" })]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_arm_that_is_better_in_one_cell_alone_is_so_in_that_cell()
    {
        var table = CellTable.Of(await RunAsync(), Problems, "direct", ["cot"]);

        Assert.Equal(
            [("near", "direct", 12, 1.0), ("near", "cot", 12, 1.0), ("far", "direct", 12, 1.0), ("far", "cot", 12, 0.25)],
            table.Figures.Select(static figure => (figure.Cell, figure.Arm, figure.Problems, figure.Accuracy)));
        var (near, far) = (table.Differences[0], table.Differences[1]);
        Assert.Equal((0, 0.75), (near.Difference.Mean, far.Difference.Mean));
        Assert.Equal(2 * (2 * Math.Pow(2, -9)), far.AdjustedP, 1e-12); // nine problems of twelve, twice for the two cells
        Assert.Equal(1, near.AdjustedP);
        Assert.Contains("| far | cot | 12 | 25.0% |", table.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("| far | direct | cot | 12 | +75.0 [", table.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_picture_has_a_dot_at_each_accuracy_and_keeps_names_as_text()
    {
        var table = CellTable.Of(await RunAsync(), Problems, "direct", ["cot"]);
        var drawn = CellChart.Draw(table, ["direct", "cot"], "a < b & c");

        Assert.Contains("<title>a &lt; b &amp; c</title>", drawn.ToString(), StringComparison.Ordinal);
        var dots = drawn.Descendants().Where(static element => element.Name.LocalName == "circle")
            .Select(static dot => (double)dot.Attribute("cx")!).ToArray();
        Assert.Equal(4, dots.Length); // two arms in two cells
        Assert.Equal(dots[0], dots[1]); // both are always right in the first
        Assert.Equal(0.75 * 520, dots[2] - dots[3], 0.11);
    }

    [Fact]
    public async Task An_unknown_arm_and_a_problem_without_a_topic_are_named()
    {
        var run = await RunAsync();
        Assert.Contains(
            "'tools'", Assert.Throws<ArgumentException>(() => CellTable.Of(run, Problems, "direct", ["tools"])).Message,
            StringComparison.Ordinal);
        var bare = new ProblemSet("bare", [.. Problems.Problems.Select(static problem => problem with { Topic = null })]);
        Assert.Contains(
            "'p0'", Assert.Throws<InvalidDataException>(() => CellTable.Of(run, bare, "direct", ["cot"])).Message,
            StringComparison.Ordinal);
    }

    private async Task<RunResult> RunAsync()
    {
        var right = new ScriptedReasoner(question => $"ANSWER: {question.Id[1..]}");
        var near = new ScriptedReasoner(question => int.Parse(question.Id[1..]) < 15 ? $"ANSWER: {question.Id[1..]}" : "ANSWER: 99");
        return await EvalRun.ExecuteAsync(
            Suite.FromArms("direct,cot"), Problems.Problems, ScriptedReasoner.Catalog(("direct", right), ("cot", near)),
            new RunOptions { Directory = _folder.File("run") }, cancellationToken: TestContext.Current.CancellationToken);
    }
}
