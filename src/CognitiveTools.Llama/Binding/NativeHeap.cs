using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Binding;

/// <summary>The heap of the C library, which the native libraries allocate from.</summary>
internal static partial class NativeHeap
{
    /// <summary>Gives free pages back to the system, as an aggressive garbage collection does for the managed heap; nothing where the C library cannot.</summary>
    internal static void Trim()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = malloc_trim(0);
        }
        catch (Exception missing) when (missing is EntryPointNotFoundException or DllNotFoundException)
        {
            // musl has no such function
        }
    }

    [LibraryImport("libc")]
    private static partial int malloc_trim(nuint pad);
}
