using CognitiveTools.Llama.Workers;

namespace CognitiveTools.Llama.Hosting;

/// <summary>Whether the host's model has been loaded; reading it does not load the model. Thread-safe.</summary>
internal sealed class LlamaReadiness
{
    private volatile LlamaWorker? _worker;
    private volatile bool _isLoaded;
    private volatile string? _failure;

    /// <summary>Whether an engine runs in this process.</summary>
    public bool IsLoaded => _isLoaded;

    /// <summary>Why the last attempt to load the model failed; <see langword="null"/> when it succeeded.</summary>
    public string? Failure => _failure;

    /// <summary>The host's worker; <see langword="null"/> for an engine in this process, and before the worker's first use.</summary>
    public LlamaWorker? Worker => _worker;

    public LlamaWorker Note(LlamaWorker worker) => _worker = worker;

    /// <summary>Creates the engine, and records whether that succeeded.</summary>
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
