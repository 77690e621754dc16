using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Learning.Data;

/// <summary>Cuts solutions in stages (corpora of the format <c>staged</c>): a stage is a line.</summary>
internal sealed class StageCutter
{
    private readonly int _newLine, _latent, _interpret, _known;

    /// <summary>Creates a cutter.</summary>
    /// <param name="words">The vocabulary.</param>
    /// <exception cref="ArgumentException">The vocabulary lacks a token that solutions are cut at or that stands for a stage.</exception>
    public StageCutter(MiniVocabulary words)
    {
        Tokens = [.. HeimaVocabulary.ThinkingTokens.Select(One)];
        Stop = words.Control(MiniVocabulary.MessageEnd);
        (_newLine, _latent, _interpret, _known) = (One("\n"), One("latent"), One(HeimaVocabulary.Interpret), One("cot"));

        int One(string text) => words.Find(text)
            ?? throw new ArgumentException($"The vocabulary has no token '{text}'; take models/training/vocab-heima.txt.", nameof(words));
    }

    /// <summary>The thinking tokens in the order of the stages.</summary>
    public IReadOnlyList<int> Tokens { get; }

    /// <summary>The token that ends a turn.</summary>
    public int Stop { get; }

    /// <summary>Words that the base model was never trained on, each with one that asks for work in words and whose embedding it begins
    /// with.</summary>
    public IReadOnlyList<(int Mark, int Known)> Marks => [(_latent, _known), (_interpret, _known)];

    /// <summary>Cuts a conversation.</summary>
    /// <exception cref="InvalidDataException">It is not a solution in stages.</exception>
    public StagedSolution Cut(TokenFile file, int row)
    {
        var (prompt, text) = file.Question(row);
        var stages = new List<int[]>(Tokens.Count);
        var from = 0;
        while (stages.Count < Tokens.Count)
        {
            var end = Array.IndexOf(text, _newLine, from);
            if (end < 0)
                throw new InvalidDataException(
                    $"{file.Name}: conversation {row + 1} is no solution in {Tokens.Count} stages. "
                        + "Write a corpus with formats: {staged: 1}.");
            stages.Add(text[from..end]);
            from = end + 1;
        }

        return new StagedSolution(
            prompt, [.. prompt.Select(token => token == _latent ? _interpret : token)], stages, text[from..]);
    }

    /// <summary>What is said when the first stages are a token each: the tokens, the other stages in words, the answer, the end.</summary>
    public int[] Text(StagedSolution solution, int collapsed) =>
    [
        .. Tokens.Take(collapsed),
        .. solution.Stages.Skip(collapsed).SelectMany(stage => (int[])[.. stage, _newLine]),
        .. solution.Answer,
        Stop,
    ];
}
