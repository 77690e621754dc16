using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Tests;

namespace CognitiveTools.Lab.Learning.Tests.Objectives;

/// <summary>Worked solutions of powers, in a vocabulary just large enough for them.</summary>
internal static class SmallCorpus
{
    public static MiniVocabulary Words { get; } = new(
    [
        .. MiniVocabulary.Controls,
        .. Enumerable.Range(0, 256).Select(static value => ((char)value).ToString()),
        .. Enumerable.Range(10, 90).Select(static number => $"{number}"),
        .. Enumerable.Range(1, 6).Select(static number => $"{number}:"),
        "system\n", "user\n", "assistant\n", "cot", "latent", MiniFormats.AnswerMark,
    ]);

    public static SolutionCutter Cutter { get; } = new(Words, SolutionUnit.Primitive);

    public static TokenFile File { get; } = Create();

    /// <summary>Solutions of different numbers of steps.</summary>
    public static Batch Batch(int thoughts) => new(File, [0, 1, 2, 3, 4]) { Thoughts = thoughts };

    private static TokenFile Create()
    {
        using var folder = new TemporaryFolder();
        using (var file = System.IO.File.Create(folder.File("powers.bin")))
            Corpus.Write(file, new ProblemGenerator(6, Split.Train, "power").Draw(4).Take(20).Select(MiniFormats.ChainOfThought), Words);
        return TokenFile.Read(folder.File("powers.bin"));
    }
}
