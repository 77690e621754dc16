using System.Globalization;
using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Evals.Wandering;
using CognitiveTools.Lab.Problems;

namespace CognitiveTools.Lab.Tests.Wandering;

public sealed class WanderingTasksTests
{
    [Fact]
    public void Answers_agree_with_other_ways_to_get_them()
    {
        foreach (var problem in GeneralizationSuites.Draw("wandering", 9, 60).Problems)
            Assert.Equal(OtherWay(WanderingTasks.Of(problem)), int.Parse(problem.Answer, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_problem_names_its_task_so_that_its_traces_can_be_checked()
    {
        var problems = GeneralizationSuites.Draw("wandering", 2, 30).Problems;
        Assert.Equal(WanderingTasks.Names, problems.Select(problem => problem.Topic!).Distinct());
        Assert.All(problems, problem => Assert.Equal(problem.Text, WanderingTasks.Of(problem).Text));
        Assert.Equal(problems.Count, problems.Select(problem => problem.Text).Distinct().Count());
    }

    [Fact]
    public void Responses_from_elsewhere_are_summed_up_by_task()
    {
        var problems = GeneralizationSuites.Draw("wandering", 2, 10);
        using var folder = new TemporaryFolder();
        var lines = problems.Problems.Select((problem, i) => System.Text.Json.JsonSerializer.Serialize(
            new Dictionary<string, string>
            {
                ["id"] = problem.Id,
                ["response"] = i % 2 == 0 ? WanderingTasks.Of(problem).PerfectResponse : "ANSWER: 0",
            }));
        var responses = ResponseFile.Read(folder.Write("half.jsonl", string.Join('\n', lines)));

        var summaries = WanderingCheck.Of("half", responses, problems);

        Assert.Equal(WanderingTasks.Names, summaries.Select(summary => summary.Task));
        Assert.All(summaries, summary => Assert.Equal(0.5, summary.Traces.Average(trace => trace.Coverage), 1e-12));
        Assert.Contains("| half | windows | 10 | 50.0% | 50.0% |", WanderingSummary.ToMarkdown(summaries), StringComparison.Ordinal);
    }

    [Fact]
    public void A_response_to_no_problem_is_refused()
    {
        var problems = GeneralizationSuites.Draw("wandering", 2, 1);
        Assert.Throws<InvalidDataException>(() => WanderingCheck.Of("x", [new Response("nobody", "x", 0, "END")], problems));
    }

    private static int OtherWay(WanderingTask task) => task switch
    {
        WindowMaximum windows => Enumerable.Range(windows.Width - 1, windows.Numbers.Count - windows.Width + 1)
            .Sum(right => Enumerable.Range(0, windows.Width).Max(back => windows.Numbers[right - back])),
        PrimeFactors factors => Enumerable.Range(2, factors.Number - 1).Where(p => Enumerable.Range(2, p - 2).All(d => p % d != 0))
            .Sum(p => p * Enumerable.Range(1, 20).TakeWhile(power => factors.Number % Math.Pow(p, power) == 0).Count()),
        MultisetPermutations letters => Factorial(letters.Letters.Length) / letters.Letters.GroupBy(letter => letter)
            .Aggregate(1, (product, same) => product * Factorial(same.Count())),
        FloodFill map => Spread(map.Rows),
        _ => throw new ArgumentException($"The test knows no other way for {task.Name}.", nameof(task)),
    };

    private static int Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

    // Sweeps over the whole map until nothing more is reached, unlike the search that it checks.
    private static int Spread(IReadOnlyList<string> rows)
    {
        var reached = new HashSet<(int Row, int Column)> { (0, 0) };
        for (var before = 0; before < reached.Count;)
        {
            before = reached.Count;
            for (var row = 0; row < rows.Count; row++)
            {
                for (var column = 0; column < rows[0].Length; column++)
                {
                    if (rows[row][column] == '.' && reached.Any(cell => Math.Abs(cell.Row - row) + Math.Abs(cell.Column - column) == 1))
                        reached.Add((row, column));
                }
            }
        }

        return reached.Count;
    }
}
