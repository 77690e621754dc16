using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Devices;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Natives;
using Microsoft.Extensions.Logging;

namespace CognitiveTools.Llama.Models;

/// <summary>A loaded model: weights and vocabulary, shared by any number of engines. Thread-safe.</summary>
public sealed unsafe class LlamaModel : IDisposable
{
    private LlamaModel(string path, ModelHandle handle, LlamaModelOptions options)
    {
        (Path, Handle) = (path, handle);
        var model = handle.Pointer;
        Span<byte> description = stackalloc byte[256];
        fixed (byte* buffer = description)
        {
            _ = NativeMethods.llama_model_desc(model, buffer, (nuint)description.Length);
            Description = NativeRuntime.Text(buffer);
        }

        ParameterCount = (long)NativeMethods.llama_model_n_params(model);
        SizeInBytes = (long)NativeMethods.llama_model_size(model);
        TrainedContextLength = NativeMethods.llama_model_n_ctx_train(model);
        InputLength = NativeMethods.llama_model_n_embd_inp(model);
        LayerWidth = NativeMethods.llama_model_n_embd(model);
        EmbeddingLength = InputLength % LayerWidth == 0 ? LayerWidth : InputLength;
        HiddenLength = LayerWidth;
        LayerCount = NativeMethods.llama_model_n_layer(model);
        PositionsPerEmbedding = NativeMethods.llama_model_rope_type(model) is 8 or 40 ? 4 : 1; // M-RoPE, interleaved M-RoPE
        var traits = new ArchitectureTraits(Metadata("general.architecture") ?? "");
        HasRecurrentState = NativeMethods.llama_model_is_recurrent(model) != 0 || NativeMethods.llama_model_is_hybrid(model) != 0
            || traits.HasCompressedState;
        ReadsHiddenApart = NativeMethods.llama_model_n_embd_out(model) != LayerWidth || traits.HasNoLogitsBesideHidden;
        TakesEmbeddings = !traits.AbortsOnEmbeddings(PositionsPerEmbedding);
        RunsSequencesAlone = traits.MixesSequences;
        SharesPrompts = !traits.HasCompressedState;
        Tokenizer = new LlamaTokenizer(this, options);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Architecture, size class and quantization in llama.cpp's words.</summary>
    public string Description { get; }

    /// <summary>Number of parameters.</summary>
    public long ParameterCount { get; }

    /// <summary>Size of all tensors in bytes.</summary>
    public long SizeInBytes { get; }

    /// <summary>Positions the model was trained for.</summary>
    public int TrainedContextLength { get; }

    /// <summary>Width of one input row in floats.</summary>
    public int EmbeddingLength { get; }

    /// <summary>Width of one hidden state in floats.</summary>
    public int HiddenLength { get; }

    /// <summary>Width of the residual stream between layers in floats.</summary>
    public int LayerWidth { get; }

    /// <summary>Number of layers.</summary>
    public int LayerCount { get; }

    /// <summary>The vocabulary and the chat format.</summary>
    internal LlamaTokenizer Tokenizer { get; }

    /// <summary>The chat template that is used, as Jinja text or a name; <see langword="null"/> without one.</summary>
    internal string? ChatTemplate { get; private init; }

    /// <summary>See <see cref="LlamaModelOptions.ThoughtFormat"/>.</summary>
    internal string? ThoughtFormat { get; private init; }

    internal ModelHandle Handle { get; }

    /// <summary>The sampling that the file recommends.</summary>
    internal ModelSampling Sampling { get; private init; } = ModelSampling.None;

    /// <summary>Whether all layers, and so the cache, are on GPUs.</summary>
    internal bool IsOnGpu { get; private init; }

    /// <summary>What positions and sequences take from memory.</summary>
    internal CacheCost CacheCost { get; private init; }

    /// <summary>Bytes of weights that are mapped, so that the memory they need looks free before they are read.</summary>
    internal long MappedBytes { get; private init; }

    /// <summary>The adapter that every context of the model applies.</summary>
    internal LoadedLora? Lora { get; private init; }

    /// <summary>
    /// Whether a sequence has a state that summarizes all of its positions, as in recurrent and hybrid models. It can be copied, saved
    /// and restored as a whole, but positions cannot be removed from it.
    /// </summary>
    internal bool HasRecurrentState { get; }

    /// <summary>Positions of an embedding row in the library's form: 4 for M-RoPE, else 1.</summary>
    internal int PositionsPerEmbedding { get; }

    /// <summary>
    /// Floats of an embedding row in the library's form: wider than <see cref="EmbeddingLength"/> where features of images follow, which
    /// are zeros in a text.
    /// </summary>
    internal int InputLength { get; }

    /// <summary>Whether the model can be fed embeddings at all.</summary>
    internal bool TakesEmbeddings { get; }

    /// <summary>Whether a prompt may begin with what another sequence holds.</summary>
    internal bool SharesPrompts { get; }

    /// <summary>Whether a decode must hold the rows of one sequence only.</summary>
    internal bool RunsSequencesAlone { get; }

    /// <summary>Refuses models that llama.cpp ends the process for when they are fed embeddings.</summary>
    /// <exception cref="NotSupportedException">The model is one of them.</exception>
    internal void RequireEmbeddings()
    {
        if (!TakesEmbeddings)
            throw new NotSupportedException(
                $"{Path}: llama.cpp takes tokens only for this architecture ({Metadata("general.architecture")}), and ends the process "
                + "when it is given embeddings. Use the model verbally, or another one for latent reasoning.");
    }

    /// <summary>
    /// Whether hidden states must be read apart from the library's own output of them (<see cref="Engine.HiddenReader"/>).
    /// </summary>
    internal bool ReadsHiddenApart { get; }

    /// <summary>Loads a model. The file is checked first, because llama.cpp aborts the process on some damaged files.</summary>
    /// <exception cref="FileNotFoundException">There is no such file, or parts of a split model are missing.</exception>
    /// <exception cref="GgufException">
    /// The file is damaged, incomplete, not a GGUF file, not a language model, or not the first part of a split model; or the LoRA adapter
    /// or an override does not fit it.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The model does not fit in memory, or llama.cpp refused it; the message says why.
    /// </exception>
    /// <exception cref="DllNotFoundException">The llama.cpp libraries are missing.</exception>
    /// <exception cref="NotSupportedException">
    /// The libraries are of another version, no CPU variant runs here, or a GPU build finds no GPU.
    /// </exception>
    public static LlamaModel Load(LlamaModelOptions options, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Path);
        var path = System.IO.Path.GetFullPath(options.Path);
        if (!File.Exists(path))
            throw new FileNotFoundException(
                $"There is no model at {path}. Fetch one with `cogtools models get NAME`, or correct the path.", path);

        IReadOnlyDictionary<string, GgufValue> overrides;
        long weights;
        int layers;
        CacheCost cost;
        string architecture;
        ModelSampling sampling;
        using (var checkedFile = GgufModelFile.Open(path))
        {
            overrides = NativeOverrides.Typed(options.Overrides, checkedFile);
            NativeOverrides.Check(checkedFile, overrides);
            if (options.Lora is not null)
                CheckLora(options.Lora, checkedFile);
            weights = checkedFile.WeightBytes;
            cost = CacheCost.Of(new(checkedFile, overrides));
            architecture = checkedFile.Metadata.GetRequired<string>("general.architecture");
            sampling = ModelSampling.Read(checkedFile.Metadata, overrides);
            layers = checkedFile.Metadata.GetOptional($"{architecture}.block_count", 0);
        }

        var natives = NativeLibraryLocator.Find(new() { Directory = options.NativesDirectory, Variant = options.Variant });
        NativeRuntime.Load(natives, loggers?.CreateLogger("CognitiveTools.Llama.Native"));
        NativeRuntime.Build.RequireArchitecture(architecture, path);
        var devices = DeviceList.Read();
        var placement = new DevicePlacement
        {
            Variant = options.Variant,
            GpuLayers = options.GpuLayers,
            MemoryMap = options.MemoryMap,
            AllowCpuFallback = options.AllowCpuFallback,
        };
        DeviceCheck.RequireDevice(placement, devices);
        DeviceCheck.RequireMemory(path, weights, layers, placement, devices);
        NativeLog.Forget();
        nint model;
        fixed (byte* file = NativeRuntime.NullTerminated(path), replaced = NativeOverrides.Encode(overrides))
        {
            model =
                NativeRuntime.Build.LoadModel(file, new(options.GpuLayers, options.MemoryMap, overrides.Count > 0 ? (nint)replaced : 0));
        }

        if (model == 0)
            throw new InvalidOperationException(
                $"llama.cpp could not load {path}.{NativeLog.Errors} "
                + $"Use a GGUF file of a model architecture that llama.cpp {NativeRuntime.Build.Name} knows.");

        var handle = new ModelHandle(model);
        try
        {
            if (NativeMethods.llama_model_has_encoder(model) != 0 || NativeMethods.llama_model_has_decoder(model) == 0)
                throw new NotSupportedException($"{path} is not a decoder-only language model. Use a generative model.");
            var isOnGpu = devices.Any(DeviceCheck.IsGpu) && (options.GpuLayers < 0 || options.GpuLayers >= layers);
            return new LlamaModel(path, handle, options)
            {
                Sampling = sampling,
                IsOnGpu = isOnGpu,
                CacheCost = cost,
                MappedBytes = options.MemoryMap && !isOnGpu ? weights : 0,
                ChatTemplate = options.ChatTemplate ?? OwnTemplate(model),
                ThoughtFormat = options.ThoughtFormat,
                Lora = options.Lora is { } lora ? LoadLora(model, lora, options.LoraScale) : null,
            };
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>A metadata value of the file as text.</summary>
    /// <returns>The value, or <see langword="null"/> when the key is absent or an array.</returns>
    public string? Metadata(string key)
    {
        var capacity = 256;
        while (true)
        {
            var buffer = new byte[capacity];
            int length;
            fixed (byte* name = NativeRuntime.NullTerminated(key), text = buffer)
                length = NativeMethods.llama_model_meta_val_str(Handle.Pointer, name, text, (nuint)capacity);
            if (length < 0)
                return null;
            if (length < capacity)
                return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
            capacity = length + 1;
        }
    }

    private static string? OwnTemplate(nint model) =>
        NativeRuntime.Text(NativeMethods.llama_model_chat_template(model, null)) is { Length: > 0 } template ? template : null;

    private static void CheckLora(string path, GgufModelFile model)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no LoRA adapter at {path}. Correct the path.", path);
        using var adapter = GgufFile.Open(path);
        GgufLoraCheck.Check(adapter, model);
    }

    private static LoadedLora LoadLora(nint model, string path, float scale)
    {
        NativeLog.Forget();
        nint adapter;
        fixed (byte* file = NativeRuntime.NullTerminated(System.IO.Path.GetFullPath(path)))
            adapter = NativeMethods.llama_adapter_lora_init(model, file);
        return adapter != 0
            ? new(path, adapter, scale)
            : throw new InvalidOperationException($"llama.cpp could not load the LoRA adapter {path}.{NativeLog.Errors}");
    }

    /// <summary>Frees the model as soon as no engine uses it.</summary>
    public void Dispose() => Handle.Dispose();
}
