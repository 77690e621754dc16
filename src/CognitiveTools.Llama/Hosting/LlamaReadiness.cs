using CognitiveTools.Llama.Workers;

namespace CognitiveTools.Llama.Hosting;

/// <summary>Whether the host's model has been loaded, for whoever asks without wanting to load it. Thread-safe.</summary>
internal sealed class LlamaReadiness
{
    private volatile LlamaWorker? _worker;
    private volatile bool _isLoaded;
    private volatile string? _failure;

    /// <summary>Whether an engine runs in this process.</summary>
    public bool IsLoaded => _isLoaded;

    /// <summary>Why the last try to load the model failed; <see langword="null"/> when it did not.</summary>
    public string? Failure => _failure;

    /// <summary>The host's worker; <see langword="null"/> when it has none, or none has been asked for.</summary>
    public LlamaWorker? Worker => _worker;

    public LlamaWorker Note(LlamaWorker worker) => _worker = worker;

    /// <summary>Makes the engine, and notes what came of it.</summary>
    public T Load<T>(Func<T> load)
    {
        try
        {
            var loaded = load();
            (_isLoaded, _failure) = (true, null);
            return loaded;
        }
        catch (Exception error)
        {
            _failure = error.Message;
            throw;
        }
    }
}
