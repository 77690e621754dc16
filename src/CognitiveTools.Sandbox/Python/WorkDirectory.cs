using System.Security.Cryptography;

namespace CognitiveTools.Sandbox.Python;

/// <summary>A directory for one run; it is deleted with its content at the end.</summary>
internal sealed class WorkDirectory : IDisposable
{
    private const UnixFileMode EnterOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode Everyone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo _outer = Directory.CreateTempSubdirectory("cogtools-python-");

    public WorkDirectory(bool forAnotherAccount)
    {
        Path = _outer.FullName;
        if (!forAnotherAccount || OperatingSystem.IsWindows())
            return;

        // The code runs under another account. Other accounts can enter the outer directory but not list it, so only the code
        // knows the inner one's random name.
        Path = System.IO.Path.Combine(Path, RandomNumberGenerator.GetHexString(32, lowercase: true));
        Directory.CreateDirectory(Path);
        File.SetUnixFileMode(Path, Everyone);
        File.SetUnixFileMode(_outer.FullName, EnterOnly);
    }

    /// <summary>Where the program may write.</summary>
    public string Path { get; }

    public void Dispose()
    {
        try
        {
            _outer.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The program made a folder that its owner may not enter. The rest stays in the temporary directory, bounded in size.
        }
    }
}
