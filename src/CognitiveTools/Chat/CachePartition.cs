namespace CognitiveTools.Chat;

/// <summary>
/// Which part of a local model's prefix cache a piece of work uses. Work reuses prefixes of its own partition only, so that nobody
/// sees by a hit, or by the time that it saves, what somebody in another partition asked. It goes with the flow of control: into
/// everything that is called, awaited or started within, and into a worker process.
/// </summary>
public static class CachePartition
{
    private static readonly AsyncLocal<string?> Ambient = new();

    /// <summary>The partition of the current flow; <see langword="null"/> for the one that all share who name none.</summary>
    public static string? Current => Ambient.Value;

    /// <summary>Makes what follows, until the result is disposed, use a partition.</summary>
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
