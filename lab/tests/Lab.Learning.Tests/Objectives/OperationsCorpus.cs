using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Tests;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Objectives;

/// <summary>Sums and products mod 5 with one to six steps, and networks with weights that any program can compute.</summary>
internal static class OperationsCorpus
{
    public const int Rows = 12;

    public static MiniVocabulary Words { get; } = OperationsVocabulary.Build();

    public static TokenFile File { get; } = Create();

    public static Batch Batch { get; } = new(File, [.. Enumerable.Range(0, Rows)]);

    public static RecurrentShape Recurrent { get; } = new(Words.Count, 16, 2, 24, 32, Prelude: 1, Core: 1, Coda: 1, Sigma: 0);

    public static HrmShape Hrm { get; } = new(Words.Count, 16, 2, 24, 32, LayersPerStack: 1, HighCycles: 2, LowCycles: 2)
    {
        RopeBase = 100,
        EmbeddingScale = 8,
    };

    /// <summary>
    /// Fills the k-th parameter with 0.25 sin(1.1 k + 0.37 i), or 1 + 0.1 sin(1.1 k + 0.37 i) where it is a vector; i counts its elements.
    /// </summary>
    public static void Fill(ParameterVector parameters)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (k, name) in parameters.Names.Index())
        {
            var parameter = parameters[name];
            var waves = Enumerable.Range(0, (int)parameter.numel()).Select(i => Math.Sin(1.1 * k + 0.37 * i));
            var (middle, height) = parameter.dim() == 2 ? (0, 0.25) : (1, 0.1);
            parameter.copy_(tensor(waves.Select(wave => middle + height * wave).ToArray()).view(parameter.shape));
        }
    }

    private static TokenFile Create()
    {
        using var folder = new TemporaryFolder();
        using (var file = System.IO.File.Create(folder.File("operations.bin")))
            Corpus.Write(file, Corpus.Converse(Options), Words);
        return TokenFile.Read(folder.File("operations.bin"));
    }

    private static CorpusOptions Options => new()
    {
        Seed = 9,
        Count = Rows,
        Families = ["operations"],
        Formats = new Dictionary<string, int>(StringComparer.Ordinal) { ["cot"] = 1 },
    };
}
