using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace CognitiveTools.Models.Integrity;

/// <summary>
/// The properties of a file that change with its content: length and times, and on Linux the inode number and the time of the last change
/// of any kind, which programs cannot set. Equal stamps of one path mean equal content.
/// </summary>
internal readonly record struct FileStamp(string Text)
{
    private const int AtCurrentFolder = -100, StatusBytes = 256;
    private const uint BasicStatistics = 0x7ff;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new FileNotFoundException($"There is no file {path}.", path);
        var basic = string.Create(
            CultureInfo.InvariantCulture, $"{file.Length}:{file.LastWriteTimeUtc.Ticks}:{file.CreationTimeUtc.Ticks}");
        return new(OperatingSystem.IsLinux() && LinuxPart(path) is { } part ? $"{basic}:{part}" : basic);
    }

    // struct statx is the same on every architecture: ino at 32, ctime at 96 (seconds, then nanoseconds), dev at 136.
    private static unsafe string? LinuxPart(string path)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        int result;
        try
        {
            fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"), buffer = status)
                result = NativeStatus.statx(AtCurrentFolder, name, 0, BasicStatistics, buffer);
        }
        catch (EntryPointNotFoundException) // a C library from before 2018
        {
            return null;
        }

        return result != 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{BinaryPrimitives.ReadUInt64LittleEndian(status[136..])}:{BinaryPrimitives.ReadUInt64LittleEndian(status[32..])}:"
            + $"{BinaryPrimitives.ReadInt64LittleEndian(status[96..])}.{BinaryPrimitives.ReadUInt32LittleEndian(status[104..])}");
    }
}

internal static unsafe partial class NativeStatus
{
    [LibraryImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int statx(int folder, byte* path, int flags, uint mask, byte* status);
}
