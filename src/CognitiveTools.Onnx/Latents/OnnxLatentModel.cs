using CognitiveTools.Latents;
using CognitiveTools.Onnx.Depth;
using CognitiveTools.Onnx.Engine;
using CognitiveTools.Onnx.Models;
using Microsoft.ML.OnnxRuntime;

namespace CognitiveTools.Onnx.Latents;

/// <summary>
/// A recurrent-depth model (Geiping et al. 2025, arXiv 2502.05171) on ONNX Runtime: prelude, a core applied as often as a
/// <see cref="DepthPolicy"/> says, coda. Hidden states are the coda's output after the final norm. Thread-safe; sequences
/// compute on their caller's thread. Disposing frees the natives once no call runs them; sequences left over can only be
/// disposed.
/// </summary>
public sealed class OnnxLatentModel : ILatentModel, IDisposable
{
    private readonly RecurrentGraphs _graphs;
    private readonly EmbeddingRows _embeddings;
    private readonly QuestionTokenizer _tokenizer;
    private readonly int _seed;

    private OnnxLatentModel(ModelFolder folder, RecurrentGraphs graphs, EmbeddingRows embeddings, QuestionTokenizer tokenizer, OnnxModelOptions options)
    {
        (_graphs, _embeddings, _tokenizer, _seed) = (graphs, embeddings, tokenizer, options.Seed);
        (Path, Manifest, Depth) = (folder.Path, folder.Manifest, options.Depth ?? new FixedDepth(folder.Manifest.TrainedDepth));
    }

    /// <summary>Version of ONNX Runtime.</summary>
    public static string RuntimeVersion => OrtEnv.Instance().GetVersionString();

    /// <summary>The manifest's path.</summary>
    public string Path { get; }

    /// <summary>What the model's manifest says.</summary>
    public RecurrentManifest Manifest { get; }

    /// <summary>The depth of sequences that name none.</summary>
    public DepthPolicy Depth { get; }

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
    /// <exception cref="InvalidDataException">A file is damaged, or a graph is not what the manifest promises; the message names it and the remedy.</exception>
    /// <exception cref="NotSupportedException">ONNX Runtime was built without CUDA, and a CUDA device is asked for.</exception>
    public static OnnxLatentModel Load(OnnxModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Path, nameof(options));
        var folder = ModelFolder.Open(options.Path);
        var embeddings = new EmbeddingRows(folder.Embeddings, folder.Manifest.Width);
        var tokenizer = new QuestionTokenizer(folder.Vocabulary, folder.Path);
        using var session = Session(options);
        return new OnnxLatentModel(folder, new RecurrentGraphs(folder, embeddings.Matrix, session), embeddings, tokenizer, options);
    }

    /// <inheritdoc/>
    ILatentSequence ILatentModel.Begin() => Begin();

    /// <summary>Opens an empty sequence.</summary>
    /// <param name="depth">How often the core is applied; <see langword="null"/> for the model's <see cref="Depth"/>.</param>
    public OnnxLatentSequence Begin(DepthPolicy? depth = null) =>
        new(_graphs, this, _tokenizer, depth ?? Depth, _seed, new SequenceCache(_graphs, Manifest));

    /// <inheritdoc/>
    /// <remarks>The graphs take one sequence at a time: members compute one after the other, on the caller's thread.</remarks>
    public ValueTask<IReadOnlyList<StepOutcome>> StepAsync(IReadOnlyList<SequenceStep> group) => SequenceStep.RunInTurnAsync(group);

    /// <inheritdoc/>
    public void Dispose() => _graphs.Dispose();

    private static SessionOptions Session(OnnxModelOptions options)
    {
        var session = new SessionOptions
        {
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        if (options.CudaDevice is not { } device)
            return session;
        try
        {
            session.AppendExecutionProvider_CUDA(device);
            return session;
        }
        catch (Exception missing) when (missing is OnnxRuntimeException or EntryPointNotFoundException)
        {
            session.Dispose();
            throw new NotSupportedException($"This build of ONNX Runtime cannot use CUDA device {device}: {missing.Message} Build with -p:OnnxRuntimePackage=Microsoft.ML.OnnxRuntime.Gpu, or leave {nameof(OnnxModelOptions.CudaDevice)} empty.", missing);
        }
    }
}
