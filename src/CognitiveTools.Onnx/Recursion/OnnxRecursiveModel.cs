using CognitiveTools.Depth;
using CognitiveTools.Onnx.Engine;
using CognitiveTools.Onnx.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace CognitiveTools.Onnx.Recursion;

/// <summary>
/// A GRAM (arXiv 2605.19376) on ONNX Runtime. One run of the graph makes one step of all trajectories; they compute on the caller's thread.
/// Thread-safe; dispose it when no trajectory is stepping.
/// </summary>
internal sealed class OnnxRecursiveModel : IRecursiveModel, IDisposable
{
    private readonly GramFolder _folder;
    private readonly Graph _step;
    private readonly RunOptions _run = new();

    private OnnxRecursiveModel(GramFolder folder, SessionOptions options)
    {
        _folder = folder;
        var (side, width) = (Manifest.Side, Manifest.Width);
        Port[] inputs =
        [
            new("cells", [-1], TensorElementType.Int64), new("high", [-1, side, width]), new("low", [-1, side, width]),
            .. Manifest.IsNoisy ? (Port[])[new("noise", [-1, Manifest.Transitions, side, width])] : [],
        ];
        _step = new Graph(
            Manifest.Step.PathBeside(folder.Path), folder.Step, options, inputs,
            [new("nextHigh", [-1, side, width]), new("nextLow", [-1, side, width]), new("logits", [-1, side, side]), new("value", [-1])]);
    }

    /// <summary>The manifest's path.</summary>
    public string Path => _folder.Path;

    /// <summary>What the model's manifest says.</summary>
    public GramManifest Manifest => _folder.Manifest;

    /// <summary>What runs the graph: <c>CPU</c> or <c>CUDA device N</c>.</summary>
    public string Provider { get; private init; } = "CPU";

    /// <summary>Why the CPU runs the graph although this build of ONNX Runtime has CUDA; <see langword="null"/> otherwise.</summary>
    public string? ProviderNote { get; private init; }

    /// <inheritdoc/>
    public int Steps => Manifest.TrainedSteps;

    /// <inheritdoc/>
    public int Cells => Manifest.Side;

    /// <inheritdoc/>
    public int RowsPerStep => Manifest.Side * Manifest.Transitions * (Manifest.Inner + 1);

    /// <inheritdoc/>
    public bool Varies => Manifest.IsNoisy || Manifest.StartSigma > 0;

    /// <summary>The first high state of a cell, then the first low one.</summary>
    internal ReadOnlySpan<float> Start => _folder.Start;

    /// <summary>Loads a model.</summary>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is damaged, or the graph differs from the manifest; the message names it and the remedy.
    /// </exception>
    /// <exception cref="NotSupportedException">CUDA is requested, and this build or machine does not support it.</exception>
    public static OnnxRecursiveModel Load(OnnxModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Path, nameof(options));
        if (options.Depth is not null)
            throw new ArgumentException("A GRAM has steps, not a depth. Leave Depth out.", nameof(options));
        var folder = GramFolder.Open(options.Path);
        using var session = GraphSession.Open(options);
        return new OnnxRecursiveModel(folder, session.Options) { Provider = session.Provider, ProviderNote = session.Note };
    }

    /// <inheritdoc/>
    public IRecursiveTrajectories Begin(string question, IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentOutOfRangeException.ThrowIfZero(seeds.Count, nameof(seeds));
        return new OnnxTrajectories(this, CellText.Parse(question, Manifest.Side), seeds);
    }

    /// <summary>Runs the graph; the caller disposes the outputs.</summary>
    internal IDisposableReadOnlyCollection<OrtValue> Run(IReadOnlyCollection<OrtValue> inputs) => _step.Run(_run, inputs);

    /// <inheritdoc/>
    public void Dispose()
    {
        _step.Dispose();
        _run.Dispose();
    }
}
