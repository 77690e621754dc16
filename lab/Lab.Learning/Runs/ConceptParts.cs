using CognitiveTools.Lab.Learning.Concepts;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>What a run of a concept model is made of.</summary>
/// <param name="Coder">The coder that another run has trained; it stays as it is.</param>
/// <param name="Network">The concept model.</param>
/// <param name="Objective">What it learns.</param>
/// <param name="Table">The lines of its corpus.</param>
/// <param name="Cutter">Cuts conversations.</param>
internal sealed record ConceptParts(
    LineCoder Coder, ConceptModel Network, IConceptObjective Objective, LineTable Table, LineCutter Cutter) : IDisposable
{
    /// <summary>The <c>kind</c> of the objective; the model's head says which one it is.</summary>
    public const string Kind = "concepts";

    /// <summary>Reads the parts; the concept model's weights are drawn.</summary>
    /// <param name="run">The run.</param>
    /// <param name="corpora">Folder of the corpora.</param>
    /// <param name="output">Folder that the coder's run wrote to.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="FileNotFoundException">The coder is not trained yet.</exception>
    /// <exception cref="InvalidDataException">A key is wrong.</exception>
    public static ConceptParts Read(RunFile run, string corpora, string output, Device device)
    {
        var shape = run.Network as ConceptShape ?? throw new InvalidDataException($"The model of the run '{run.Name}' is not of concepts.");
        run.RequireObjective(Kind, ["coder", .. shape.Head == ConceptHead.Diffusion ? DiffusionKeys : []]);
        var cutter = new LineCutter(run.Words);
        var coder = LoadCoder(run, shape, output, device);
        // The beginning stands before the concepts.
        var file = run.Open(corpora, run.Course.Required("corpus"), (file, row) => 1 + cutter.Cut(file, row).Lines.Count());
        var table = new LineTable(file, cutter);
        var network = new ConceptModel(shape, SeededRandom.For(run.Seed, "weights"), device: device);
        var concepts = Prepare(network, Reconstruction.Codes(coder, table.Lines), table, run);
        IConceptObjective objective = shape.Head switch
        {
            ConceptHead.Regression => new ConceptRegression(table, concepts),
            ConceptHead.Diffusion => new ConceptDiffusion(table, concepts, Settings(run, shape)),
            _ => new ConceptQuantised(table, concepts, network.Books),
        };
        return new ConceptParts(coder, network, objective, table, cutter);
    }

    /// <summary>A solver.</summary>
    /// <param name="name">Name of the arm.</param>
    /// <param name="reads">Whether lines are read again.</param>
    public ConceptSolver Solver(string name, bool reads) => new(name, Coder, Network, Objective, Cutter) { Reads = reads };

    /// <inheritdoc/>
    public void Dispose()
    {
        Coder.Dispose();
        Network.Dispose();
    }

    private static string[] DiffusionKeys => ["inference", "drop", "guidance", "rescale", "start"];

    private static DiffusionSettings Settings(RunFile run, ConceptShape shape)
    {
        var (map, usual) = (run.Objective, new DiffusionSettings());
        var settings = new DiffusionSettings
        {
            Steps = shape.Levels,
            Inference = map.Whole("inference", 1) ?? usual.Inference,
            Drop = map.Number("drop", 0, 1) ?? usual.Drop,
            Guidance = map.Number("guidance", 0) ?? usual.Guidance,
            Rescale = map.Number("rescale", 0, 1) ?? usual.Rescale,
            Start = map.Number("start", 0) ?? usual.Start,
        };
        return settings.Inference <= settings.Steps
            ? settings
            : throw map.Wrong("inference", $"is {settings.Inference}; a model of {settings.Steps} levels has as many steps at most.");
    }

    private static LineCoder LoadCoder(RunFile run, ConceptShape shape, string output, Device device)
    {
        var map = run.Objective;
        var path = Path.GetFullPath(map.Required("coder"), run.Folder);
        if (!File.Exists(path))
            throw map.Wrong("coder", $"there is no run '{path}'.");
        var trained = RunFile.Read(path);
        if (trained.Network is not LineCoderShape sizes)
            throw map.Wrong("coder", $"the run '{trained.Name}' trains no coder of lines.");
        if (sizes.Code != shape.Code)
            throw map.Wrong("coder", $"its codes have {sizes.Code} elements, the model's concepts {shape.Code}.");
        if (!trained.Words.Tokens.SequenceEqual(run.Words.Tokens, StringComparer.Ordinal))
            throw map.Wrong("coder", $"the run '{trained.Name}' has another vocabulary.");
        var weights = new RunFolder(output, trained).Weights;
        if (!File.Exists(weights))
            throw new FileNotFoundException(
                $"There is no coder '{weights}'. Train it first: ./coglab train {path} --out {output}", weights);
        var coder = new LineCoder(sizes, SeededRandom.For(trained.Seed, "weights"), device: device);
        WeightsFile.Load(coder, weights);
        coder.Parameters.Freeze();
        return coder;
    }

    // Mean and deviation are those of the lines that are predicted.
    private static Tensor Prepare(ConceptModel network, Tensor codes, LineTable table, RunFile run)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var said = tensor(table.OfSolutions.Select(static line => (long)line).ToArray(), device: network.Device);
        var predicted = codes.index_select(0, said);
        network.Mean.copy_(predicted.mean([0]));
        network.Deviation.copy_(predicted.std(0, unbiased: false).clamp(min: Scalars.Of(1e-3)));
        if (network.Shape.Head == ConceptHead.Quantised)
        {
            if (network.Shape.Entries > predicted.shape[0])
                throw run.Course.Wrong(
                    "corpus", $"has {predicted.shape[0]} different lines in solutions, a codebook {network.Shape.Entries} entries.");
            Codebooks.Fit(network.Standardise(predicted), network.Books, SeededRandom.For(run.Seed, "codebooks"));
        }

        return network.Standardise(codes).DetachFromDisposeScope();
    }
}
