using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Learning.Data;

/// <summary>
/// Cuts worked solutions into units. A primitive ends with its result, the number behind the sign; a semicolon belongs to what it closes,
/// and the full stop to its sentence, with the word "Every" behind it where both are one token.
/// </summary>
internal sealed class SolutionCutter
{
    private readonly SolutionUnit _unit;
    private readonly int _semicolon, _verbal, _latent, _answer, _newLine;
    private readonly int[] _signs, _closers;

    /// <summary>Creates a cutter.</summary>
    /// <param name="words">The vocabulary.</param>
    /// <param name="unit">What one thought stands for.</param>
    /// <exception cref="ArgumentException">The vocabulary lacks a token that solutions are cut at.</exception>
    public SolutionCutter(MiniVocabulary words, SolutionUnit unit)
    {
        _unit = unit;
        (_semicolon, _newLine, _answer) = (One(";"), One("\n"), One(MiniFormats.AnswerMark));
        _signs = unit switch
        {
            SolutionUnit.Primitive => [One("="), One(">")],
            SolutionUnit.PrimitiveOrNumber => [One("="), One(">"), _semicolon],
            _ => [],
        };
        _closers = unit == SolutionUnit.Sentence ? [One("."), One(". "), One(". Every ")] : [_semicolon];
        (_verbal, _latent) = (One("cot"), One("latent"));
        Start = words.Control(MiniVocabulary.LatentStart);
        End = words.Control(MiniVocabulary.LatentEnd);
        Pause = words.Control(MiniVocabulary.Pause);
        Stop = words.Control(MiniVocabulary.MessageEnd);
        var passed = unit is SolutionUnit.Token or SolutionUnit.Sentence ? _newLine : _semicolon;
        (int, int)[] marks = [(Start, passed), (End, passed), (Pause, passed)];
        // The first edition left the word untrained.
        Marks = unit == SolutionUnit.PrimitiveOrNumber ? marks : [(_latent, _verbal), .. marks];

        int One(string text) => words.One(text, "solutions");
    }

    /// <summary>The token in front of the thoughts.</summary>
    public int Start { get; }

    /// <summary>The token behind the thoughts.</summary>
    public int End { get; }

    /// <summary>The token whose embedding is the pause control's thought.</summary>
    public int Pause { get; }

    /// <summary>The token that ends a turn.</summary>
    public int Stop { get; }

    /// <summary>Tokens that a verbal model was never trained on, each with one that it knows how to pass over and whose embedding it begins
    /// with.</summary>
    public IReadOnlyList<(int Mark, int Known)> Marks { get; }

    /// <summary>Cuts a conversation that holds a worked solution.</summary>
    public WorkedSolution Cut(TokenFile file, int row)
    {
        var (prompt, text) = file.Question(row);
        var answer = Array.IndexOf(text, _answer);
        var thinking = Thinking(prompt);
        return _unit == SolutionUnit.Token
            ? new WorkedSolution(prompt, thinking, [.. text[..answer].Select(static token => (int[])[token])], text[answer..])
            : new WorkedSolution(prompt, thinking, Units(text[..(answer - 1)]), text[answer..]);
    }

    /// <summary>A request for a worked solution as one for thoughts, with the mark that begins them.</summary>
    public int[] Thinking(IReadOnlyList<int> prompt) => [.. prompt.Select(token => token == _verbal ? _latent : token), Start];

    /// <summary>A whole solution in words: units and answer.</summary>
    public int[] Words(WorkedSolution solution) => Words(solution, 0);

    /// <summary>What is said behind some thoughts: the units that are left, then the answer.</summary>
    public int[] Text(WorkedSolution solution, int thoughts) => [End, .. Words(solution, thoughts), Stop];

    private int[] Words(WorkedSolution solution, int without)
    {
        int[] left = [.. solution.Units.Skip(without).SelectMany(static unit => unit)];
        int[] between = left.Length > 0 && _unit != SolutionUnit.Token ? [_newLine] : [];
        return [.. left, .. between, .. solution.Answer];
    }

    private List<int[]> Units(int[] steps)
    {
        var units = new List<int[]>();
        var from = 0;
        for (var at = 0; at < steps.Length; at++)
        {
            var closed = at + 1 < steps.Length && _closers.Contains(steps[at + 1]);
            var isResult = at > 0 && _signs.Contains(steps[at - 1]);
            if (!_closers.Contains(steps[at]) && (!isResult || closed))
                continue;
            units.Add(steps[from..(at + 1)]);
            from = at + 1;
        }

        return units;
    }
}
