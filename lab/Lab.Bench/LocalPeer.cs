using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Lab.Bench;

/// <summary>
/// The engine, or the bare loop, as a peer on the CPU in this process, whose libraries are others than those of the process that
/// measures. Used by one caller.
/// </summary>
/// <param name="natives">Folder of the llama.cpp libraries.</param>
/// <param name="isBareLoop">The bare loop in place of the engine.</param>
internal sealed class LocalPeer(string natives, bool isBareLoop) : IDecodePeer, IAsyncDisposable
{
    private LlamaModel? _model;
    private LlamaEngine? _engine;
    private EngineSubject? _subject;
    private BareLoop? _bare;
    private int[] _prompt = [];

    /// <inheritdoc/>
    public string Name => isBareLoop ? "bare loop" : "engine";

    /// <inheritdoc/>
    public double? TargetOf(int sequences) => null;

    /// <inheritdoc/>
    public bool Measures(int sequences) => true;

    /// <inheritdoc/>
    public Task<string?> StartAsync(PeerSetup setup, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(setup);
        _model = LlamaModel.Load(new() { Path = setup.Model, NativesDirectory = natives, Variant = NativeVariant.Cpu });
        var options = EngineSubject.Options(setup.Threads, setup.ContextLength, setup.Sequences + 1);
        if (isBareLoop)
            _bare = new(_model, options);
        else
            _subject = new(_engine = new(_model, options));
        return Task.FromResult<string?>(null);
    }

    /// <inheritdoc/>
    public async Task<double> DecodeAsync(
        IReadOnlyList<int> prompt, int sequences, int steps, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        if (!prompt.SequenceEqual(_prompt))
        {
            _prompt = [.. prompt];
            _bare?.Prefill(_prompt);
            if (_subject is not null)
                await _subject.PrefillAsync(_prompt, cancellationToken).ConfigureAwait(false);
        }

        // A token of its own for each sequence, so that each step forwards one token and samples one.
        int[] own = [.. Enumerable.Range(0, sequences).Select(i => _prompt[i % _prompt.Length])];
        return _bare is not null ? _bare.Generate(own, steps)
            : _subject is not null ? await _subject.GenerateAsync(own, steps, cancellationToken).ConfigureAwait(false)
            : throw new InvalidOperationException("The peer was not started.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _subject?.Dispose();
        if (_engine is not null)
            await _engine.DisposeAsync().ConfigureAwait(false);
        _bare?.Dispose();
        _model?.Dispose();
    }
}
