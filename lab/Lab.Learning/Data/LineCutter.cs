using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Learning.Data;

/// <summary>Cuts conversations of the format <c>lines</c> into lines: questions at semicolons, solutions at line breaks.</summary>
internal sealed class LineCutter
{
    private readonly int _user, _semicolon, _newLine, _answer;
    private readonly MiniVocabulary _words;

    /// <summary>Creates a cutter.</summary>
    /// <param name="words">The vocabulary.</param>
    /// <exception cref="ArgumentException">The vocabulary lacks a token that conversations are cut at.</exception>
    public LineCutter(MiniVocabulary words)
    {
        _words = words;
        (_user, _semicolon, _newLine, _answer) = (One("user\n"), One(";"), One("\n"), One(MiniFormats.AnswerMark));
        Stop = words.Control(MiniVocabulary.MessageEnd);

        int One(string text) => words.One(text, "lines");
    }

    /// <summary>The token that ends a turn, and in a coder a line.</summary>
    public int Stop { get; }

    /// <summary>Whether a line is an answer, which is the last one.</summary>
    public bool IsAnswer(IReadOnlyList<int> line) => line is [var first, ..] && first == _answer;

    /// <summary>A line as text.</summary>
    public string Text(IReadOnlyList<int> line) => _words.Decode(line);

    /// <summary>Cuts a conversation.</summary>
    /// <exception cref="InvalidDataException">It is not of the format <c>lines</c>.</exception>
    public LinedProblem Cut(TokenFile file, int row)
    {
        if (MiniFormats.Names.ElementAtOrDefault(file.Format(row)) != MiniFormats.Lines)
            throw new InvalidDataException(
                $"{file.Name}: conversation {row + 1} is not of the format {MiniFormats.Lines}. Write a corpus with "
                    + $"formats: {{{MiniFormats.Lines}: 1}}.");
        var (prompt, text) = file.Question(row);
        var (from, to) = Question(prompt);
        return new LinedProblem(prompt, Split(prompt[from..to], _semicolon), Split(text, _newLine), file.Steps(row));
    }

    /// <summary>The different problems of a file in its order, some at most.</summary>
    public LinedProblem[] Distinct(TokenFile file, int most) => [.. Enumerable.Range(0, file.Count).Select(row => Cut(file, row))
        .DistinctBy(problem => Text(problem.Prompt)).Take(most)];

    /// <summary>The same problem without its question.</summary>
    public LinedProblem WithoutQuestion(LinedProblem problem)
    {
        int[] prompt = [.. problem.Prompt];
        var (from, to) = Question(prompt);
        return problem with { Question = [], Prompt = [.. prompt[..from], .. prompt[to..]] };
    }

    /// <summary>Lines of a text that a model wrote.</summary>
    public int[][] Lines(IReadOnlyList<int> text) => Split(text, _newLine);

    private (int From, int To) Question(int[] prompt)
    {
        var from = Array.IndexOf(prompt, _user) + 1;
        return (from, Array.IndexOf(prompt, Stop, from));
    }

    private static int[][] Split(IReadOnlyList<int> tokens, int separator)
    {
        var parts = new List<int[]>();
        var from = 0;
        for (var at = 0; at <= tokens.Count; at++)
        {
            if (at < tokens.Count && tokens[at] != separator)
                continue;
            parts.Add([.. tokens.Skip(from).Take(at - from)]);
            from = at + 1;
        }

        return [.. parts];
    }
}
