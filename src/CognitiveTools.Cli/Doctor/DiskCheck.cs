using System.Globalization;

namespace CognitiveTools.Cli.Doctor;

/// <summary>Whether a folder, or the one above it that exists, can be written to, and how much fits in.</summary>
internal static class DiskCheck
{
    private const long LowBytes = 500_000_000; // less than the smallest chat model and a few runs

    public static void Examine(DoctorReport report, string what, string folder, string remedy)
    {
        var existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } above)
            existing = above;
        var free = new DriveInfo(existing).AvailableFreeSpace;
        var isWritable = IsWritable(existing);
        report.Fact(what, string.Create(CultureInfo.InvariantCulture, $"{folder}: {(isWritable ? "writable" : "NOT writable")}, {free / 1e9:0.0} GB free"));
        if (!isWritable)
            report.Problem($"{existing} cannot be written to. {remedy}");
        if (free < LowBytes)
            report.Problem(string.Create(CultureInfo.InvariantCulture, $"Only {free / 1e6:0} MB are free where {folder} lies. Free some. {remedy}"));
    }

    // Permissions alone do not tell of a file system that is mounted read-only.
    private static bool IsWritable(string folder)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(folder, $".cogtools-doctor-{Environment.ProcessId}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
