using System.Text.Json;
using CognitiveTools.Lab.Problems.Generation;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>A problem and a model's own solution of it, graded.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Flaw">What is wrong with the solution; <see langword="null"/> when nothing is.</param>
internal sealed record SampledSolution(GeneratedProblem Problem, FlawedSolution? Flaw)
{
    /// <summary>
    /// Grades a solution. A worked solution of a problem is one text, so the first step that differs from it is the wrong one.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="text">What the model wrote.</param>
    /// <returns><see langword="null"/> when the text is no numbered solution with an answer, or goes on behind its end.</returns>
    public static SampledSolution? Grade(GeneratedProblem problem, string text)
    {
        if (text.Split($"\n{MiniFormats.AnswerMark}") is not [var numbered, var said] || !int.TryParse(said, out var answer))
            return null;
        var steps = new List<string>();
        foreach (var step in numbered.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var label = $"{steps.Count + 1}:";
            if (!step.StartsWith(label, StringComparison.Ordinal))
                return null;
            steps.Add(step[label.Length..]);
        }

        if (MiniFormats.Number(steps) != numbered)
            return null;
        var same = steps.Zip(problem.Solution).TakeWhile(static pair => pair.First == pair.Second).Count();
        if (same == problem.Solution.Count)
            return steps.Count == same && answer == problem.Answer ? new SampledSolution(problem, null) : null;
        return new SampledSolution(problem, new FlawedSolution(steps, same + 1, answer));
    }

    /// <summary>Writes samples: a first line that says which problems were drawn, then a line for each text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="seed">The generator's seed; the problems are those of the split <see cref="Split.Train"/>.</param>
    /// <param name="texts">Number of the problem, counted from 0, and what the model wrote.</param>
    public static void Write(string path, ulong seed, IEnumerable<(int Problem, string Text)> texts) => File.WriteAllLines(
        path,
        [
            JsonSerializer.Serialize(new Header(seed)),
            .. texts.Select(static sample => JsonSerializer.Serialize(new Line(sample.Problem, sample.Text))),
        ]);

    /// <summary>Reads samples and draws their problems again.</summary>
    /// <exception cref="InvalidDataException">The file is not one of samples.</exception>
    public static IEnumerable<SampledSolution> Read(string path)
    {
        using var lines = File.ReadLines(path).GetEnumerator();
        var header = lines.MoveNext() ? Parse<Header>(path, lines.Current) : throw Wrong(path, "is empty");
        using var problems = new ProblemGenerator(header.Seed, Split.Train).Draw().GetEnumerator();
        var drawn = -1;
        while (lines.MoveNext())
        {
            var line = Parse<Line>(path, lines.Current);
            if (line.Problem < drawn)
                throw Wrong(path, "is not in the order of the problems");
            for (; drawn < line.Problem; drawn++)
                problems.MoveNext();
            if (Grade(problems.Current, line.Text) is { } graded)
                yield return graded;
        }
    }

    private static T Parse<T>(string path, string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line) ?? throw Wrong(path, "has an empty line");
        }
        catch (JsonException e)
        {
            throw Wrong(path, $"has a line that is not its JSON ({e.Message})");
        }
    }

    private static InvalidDataException Wrong(string path, string problem) =>
        new($"{path} {problem}. Write it again with ./coglab sample.");

    private sealed record Header(ulong Seed);

    private sealed record Line(int Problem, string Text);
}
