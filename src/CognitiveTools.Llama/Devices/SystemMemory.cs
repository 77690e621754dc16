using System.Globalization;

namespace CognitiveTools.Llama.Devices;

/// <summary>The memory that is available to this program.</summary>
internal static class SystemMemory
{
    private const string Source = "/proc/meminfo", Key = "MemAvailable:";

    /// <summary>
    /// Bytes: on Linux the kernel's figure, but not more than the limit of a container; elsewhere what the runtime
    /// found at its last collection.
    /// </summary>
    public static long AvailableBytes()
    {
        var runtime = GC.GetGCMemoryInfo();
        return OperatingSystem.IsLinux() && File.Exists(Source) && Read(File.ReadLines(Source)) is { } available
            ? Math.Min(available, runtime.TotalAvailableMemoryBytes)
            : Math.Max(0, runtime.TotalAvailableMemoryBytes - runtime.MemoryLoadBytes);
    }

    /// <summary>Reads the figure, which is in kB; <see langword="null"/> when it is missing.</summary>
    internal static long? Read(IEnumerable<string> lines)
    {
        if (lines.FirstOrDefault(static line => line.StartsWith(Key, StringComparison.Ordinal)) is not { } line)
            return null;
        var figure = line[Key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.TryParse(figure, NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * 1024 : null;
    }
}
