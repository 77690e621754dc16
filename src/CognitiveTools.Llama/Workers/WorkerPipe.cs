using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CognitiveTools.Llama.Workers;

/// <summary>Writes one value a line, from several threads.</summary>
internal sealed class WorkerPipe<T>(Stream stream, JsonTypeInfo<T> type) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <exception cref="IOException">The other side is gone.</exception>
    internal async Task WriteAsync(T value)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'];
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            // Never cancelled: half a line would spoil all that follow.
            await stream.WriteAsync(line).ConfigureAwait(false);
            await stream.FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
