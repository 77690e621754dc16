using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Tests;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Concepts;

/// <summary>Small problems as lines, and small networks in double precision.</summary>
internal static class ConceptCorpus
{
    public const int Code = 8;

    public static MiniVocabulary Words { get; } = ConceptVocabulary.Build();

    public static LineCutter Cutter { get; } = new(Words);

    public static TokenFile File { get; } = Create();

    public static LineTable Table { get; } = new(File, Cutter);

    /// <summary>Problems of different numbers of lines.</summary>
    public static Batch Batch { get; } = new(File, [0, 1, 2, 3]);

    /// <summary>Vectors that stand for the lines, lines x code.</summary>
    public static Tensor Concepts { get; } =
        NormalNoise.Of([Table.Lines.Count, Code], new SeededRandom(3), ScalarType.Float64, CPU).DetachFromDisposeScope();

    public static LineCoder Coder()
    {
        var coder = new LineCoder(new LineCoderShape(Words.Count, 8, 1, 2, 12, 32, Code), new SeededRandom(5), ScalarType.Float64);
        using (no_grad())
            coder.Parameters.Values.mul_(1.3);
        return coder;
    }

    public static ConceptModel Model(ConceptHead head, int levels = 0, int entries = 0) => new(
        new ConceptShape(Words.Count, 8, 2, 2, 12, 32, Code, head) { Levels = levels, Entries = entries },
        new SeededRandom(6), ScalarType.Float64);

    private static TokenFile Create()
    {
        using var folder = new TemporaryFolder();
        using (var file = System.IO.File.Create(folder.File("lines.bin")))
        {
            Corpus.Write(
                file,
                new ProblemGenerator(8, Split.Train, "power", "chain").Draw(3).Take(24).Select(MiniFormats.InLines),
                Words);
        }

        return TokenFile.Read(folder.File("lines.bin"));
    }
}
