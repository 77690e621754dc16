using CognitiveTools.Depth;
using CognitiveTools.Latents;
using CognitiveTools.Onnx.Engine;
using CognitiveTools.Onnx.Models;
using Microsoft.ML.OnnxRuntime;

namespace CognitiveTools.Onnx.Latents;

/// <summary>
/// A recurrent-depth model (Geiping et al. 2025, arXiv 2502.05171) on ONNX Runtime: prelude, a core applied as often as a
/// <see cref="DepthPolicy"/> says, coda. Hidden states are the coda's output after the final norm. Thread-safe; sequences
/// compute on their caller's thread. Disposing frees the natives once no call runs them; the remaining sequences can only be
/// disposed.
/// </summary>
public sealed class OnnxLatentModel : IRecurrentModel, IDisposable
{
    private readonly RecurrentGraphs _graphs;
    private readonly EmbeddingRows _embeddings;
    private readonly QuestionTokenizer _tokenizer;
    private readonly int _seed;

    private OnnxLatentModel(
        ModelFolder folder, RecurrentGraphs graphs, EmbeddingRows embeddings, QuestionTokenizer tokenizer, OnnxModelOptions options)
    {
        (_graphs, _embeddings, _tokenizer, _seed) = (graphs, embeddings, tokenizer, options.Seed);
        (Path, Manifest, Depth) = (folder.Path, folder.Manifest, options.Depth ?? new FixedDepth(folder.Manifest.TrainedDepth));
    }

    /// <summary>Version of ONNX Runtime.</summary>
    public static string RuntimeVersion => OrtEnv.Instance().GetVersionString();

    /// <summary>The manifest's path.</summary>
    public string Path { get; }

    /// <summary>What the model's manifest says.</summary>
    internal RecurrentManifest Manifest { get; }

    /// <inheritdoc/>
    public DepthPolicy Depth { get; }

    /// <inheritdoc/>
    public string AnswerLead => Manifest.AnswerLead ?? "";

    /// <summary>What runs the graphs: <c>CPU</c> or <c>CUDA device N</c>.</summary>
    public string Provider { get; private init; } = "CPU";

    /// <summary>Why the CPU runs the graphs although this build of ONNX Runtime has CUDA; <see langword="null"/> otherwise.</summary>
    public string? ProviderNote { get; private init; }

    /// <inheritdoc/>
    public int EmbeddingLength => Manifest.Width;

    /// <inheritdoc/>
    public int VocabularySize => Manifest.VocabularySize;

    /// <inheritdoc/>
    public int ContextLength => Manifest.Context;

    /// <inheritdoc/>
    public ITokenEmbeddings Embeddings => _embeddings;

    /// <inheritdoc/>
    public ILatentTokenizer Tokenizer => _tokenizer;

    /// <summary>Loads a model.</summary>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is damaged, or a graph differs from the manifest; the message names it and the remedy.
    /// </exception>
    /// <exception cref="NotSupportedException">CUDA is requested, and this build or machine does not support it.</exception>
    public static OnnxLatentModel Load(OnnxModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Path, nameof(options));
        var folder = ModelFolder.Open(options.Path);
        var embeddings = new EmbeddingRows(folder.Embeddings, folder.Manifest.Width);
        var tokenizer = new QuestionTokenizer(folder.Vocabulary, folder.Path);
        using var session = GraphSession.Open(options);
        return new OnnxLatentModel(folder, new RecurrentGraphs(folder, embeddings.Matrix, session.Options), embeddings, tokenizer, options)
        {
            Provider = session.Provider,
            ProviderNote = session.Note,
        };
    }

    /// <inheritdoc/>
    ILatentSequence ILatentModel.Begin() => Begin();

    /// <inheritdoc/>
    IRecurrentSequence IRecurrentModel.Begin(DepthPolicy? depth) => Begin(depth);

    /// <summary>Opens an empty sequence.</summary>
    /// <param name="depth">How often the core is applied; <see langword="null"/> for the model's <see cref="Depth"/>.</param>
    internal OnnxLatentSequence Begin(DepthPolicy? depth = null) =>
        new(_graphs, this, _tokenizer, depth ?? Depth, _seed, new SequenceCache(_graphs, Manifest));

    /// <inheritdoc/>
    /// <remarks>The graphs take one sequence at a time: members compute one after the other, on the caller's thread.</remarks>
    public ValueTask<IReadOnlyList<StepOutcome>> StepAsync(IReadOnlyList<SequenceStep> group) => SequenceStep.RunInTurnAsync(group);

    /// <inheritdoc/>
    public void Dispose() => _graphs.Dispose();
}
