using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Tests;

namespace CognitiveTools.Lab.Learning.Tests.Objectives;

/// <summary>Solutions of powers in stages, in a vocabulary just large enough for them.</summary>
internal static class SmallStages
{
    public static MiniVocabulary Words { get; } =
        new([.. SmallCorpus.Words.Tokens, HeimaVocabulary.Interpret, .. HeimaVocabulary.ThinkingTokens]);

    public static StageCutter Cutter { get; } = new(Words);

    /// <summary>The problems of <see cref="File"/>.</summary>
    public static IReadOnlyList<GeneratedProblem> Problems { get; } =
        [.. new ProblemGenerator(6, Split.Train, "power").Draw(4).Take(20)];

    public static TokenFile File { get; } = Create();

    /// <summary>Solutions of different numbers of steps.</summary>
    public static Batch Batch(int thoughts) => new(File, [0, 1, 2, 3, 4, 5]) { Thoughts = thoughts };

    private static TokenFile Create()
    {
        using var folder = new TemporaryFolder();
        using (var file = System.IO.File.Create(folder.File("stages.bin")))
            Corpus.Write(file, Problems.Select(MiniFormats.InStages), Words);
        return TokenFile.Read(folder.File("stages.bin"));
    }
}
