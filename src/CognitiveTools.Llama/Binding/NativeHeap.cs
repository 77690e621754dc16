using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Binding;

/// <summary>The heap of the C library, which the native libraries allocate from.</summary>
internal static partial class NativeHeap
{
    /// <summary>
    /// Returns free pages to the system, as an aggressive garbage collection does for the managed heap; does nothing where the C library
    /// cannot.
    /// </summary>
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

    /// <summary>
    /// Bytes handed out and not given back, in all of the heap's arenas; <see langword="null"/> where the C library cannot tell.
    /// </summary>
    internal static long? InUse()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            var info = mallinfo2();
            return (long)(info.Small + info.Mapped);
        }
        catch (Exception missing) when (missing is EntryPointNotFoundException or DllNotFoundException)
        {
            return null; // musl, or glibc before 2.33
        }
    }

    [LibraryImport("libc")]
    private static partial int malloc_trim(nuint pad);

    [LibraryImport("libc")]
    private static partial HeapInfo mallinfo2();

    /// <summary>Two of the ten fields of struct mallinfo2 (malloc.h), on a 64-bit system.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 80)]
    private readonly struct HeapInfo
    {
        /// <summary>hblkhd: bytes of mapped regions, one for each large block.</summary>
        [FieldOffset(32)]
        public readonly nuint Mapped;

        /// <summary>uordblks: bytes of the other blocks in use.</summary>
        [FieldOffset(56)]
        public readonly nuint Small;
    }
}
