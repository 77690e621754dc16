namespace CognitiveTools.Llama.Binding;

/// <summary>
/// Counts the native objects of this process that were made and not freed yet: models, contexts, sampler chains, grammars.
/// </summary>
internal static class NativeObjects
{
    private static int _live;

    internal static int Live => Volatile.Read(ref _live);

    internal static void Opened() => Interlocked.Increment(ref _live);

    internal static void Closed() => Interlocked.Decrement(ref _live);
}
