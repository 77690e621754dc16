using CognitiveTools.Latents;

namespace CognitiveTools.Conformance.Latents;

/// <summary>A model and how to close it.</summary>
/// <param name="model">The model.</param>
/// <param name="close">Frees it and its engine; <see langword="null"/> when there is nothing to free.</param>
public sealed class LatentModelLease(ILatentModel model, Func<ValueTask>? close = null) : IAsyncDisposable
{
    private Func<ValueTask>? _close = close;

    /// <summary>The model.</summary>
    public ILatentModel Model => model;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _close, null)?.Invoke() ?? ValueTask.CompletedTask;
}
