using System.Globalization;

namespace CognitiveTools.Cli.Doctor;

/// <summary>Whether a folder (or, before it exists, its nearest parent) is writable, and how much space is free.</summary>
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
        var access = isWritable ? "writable" : "NOT writable";
        report.Fact(what, string.Create(CultureInfo.InvariantCulture, $"{folder}: {access}, {free / 1e9:0.0} GB free"));
        if (!isWritable)
            report.Problem($"{existing} cannot be written to. {remedy}");
        if (free < LowBytes)
        {
            var low = string.Create(CultureInfo.InvariantCulture, $"Only {free / 1e6:0} MB are free where {folder} is.");
            report.Problem($"{low} Free some. {remedy}");
        }
    }

    // Permissions alone do not show that a file system is mounted read-only.
    private static bool IsWritable(string folder)
    {
        try
        {
            var path = Path.Combine(folder, $".cogtools-doctor-{Environment.ProcessId}");
            using var probe = new FileStream(
                path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
