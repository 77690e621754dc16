using CognitiveTools.Lab.Learning.Data;

namespace CognitiveTools.Lab.Learning.Concepts;

/// <summary>Problems as they are put to every arm.</summary>
/// <param name="Name">Name of the part.</param>
/// <param name="Asked">What the arms see.</param>
/// <param name="Problems">The problems themselves, whose answers are wanted; in the same order.</param>
/// <param name="IsControl">Whether the question is not the problem's.</param>
internal sealed record StudyPart(string Name, IReadOnlyList<LinedProblem> Asked, IReadOnlyList<LinedProblem> Problems, bool IsControl)
{
    /// <summary>Problems as they are.</summary>
    public static StudyPart Of(string name, IReadOnlyList<LinedProblem> problems) => new(name, problems, problems, IsControl: false);

    /// <summary>Each problem with the question of another of as many lines.</summary>
    public static StudyPart Shuffled(IReadOnlyList<LinedProblem> problems)
    {
        var asked = problems.ToArray();
        foreach (var group in Enumerable.Range(0, problems.Count).GroupBy(i => problems[i].Question.Count).Select(Enumerable.ToArray))
        {
            foreach (var (at, i) in group.Index())
            {
                var other = problems[group[(at + 1) % group.Length]];
                asked[i] = problems[i] with { Question = other.Question, Prompt = other.Prompt };
            }
        }

        return new StudyPart("question of another", asked, problems, IsControl: true);
    }

    /// <summary>Each problem without its question.</summary>
    public static StudyPart WithoutQuestions(IReadOnlyList<LinedProblem> problems, LineCutter cutter) =>
        new("no question", [.. problems.Select(cutter.WithoutQuestion)], problems, IsControl: true);
}
