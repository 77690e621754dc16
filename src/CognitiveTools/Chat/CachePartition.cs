namespace CognitiveTools.Chat;

/// <summary>
/// The partition of a local model's prefix cache that the current asynchronous flow uses. Work reuses prefixes
/// of its own partition only, so that cache hits and their timing reveal nothing about requests of other
/// partitions. Calls, awaits and tasks started within the flow inherit it, and so does a worker process.
/// </summary>
internal static class CachePartition
{
    private static readonly AsyncLocal<string?> Ambient = new();

    /// <summary>The partition of the current flow; <see langword="null"/> for the shared one.</summary>
    public static string? Current => Ambient.Value;

    /// <summary>Uses a partition until the result is disposed.</summary>
    /// <param name="name">Its name; <see langword="null"/> for the shared one.</param>
    public static IDisposable Use(string? name)
    {
        var scope = new Scope(Ambient.Value);
        Ambient.Value = name;
        return scope;
    }

    private sealed class Scope(string? before) : IDisposable
    {
        public void Dispose() => Ambient.Value = before;
    }
}
