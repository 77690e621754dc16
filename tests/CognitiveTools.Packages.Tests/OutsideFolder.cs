using System.Diagnostics;
using System.Security;

namespace CognitiveTools.Packages.Tests;

/// <summary>
/// A folder outside the repository in which the packed packages can be restored. They are unpacked into a packages folder of its own,
/// so that neither an earlier package of the same version is used nor this one stays behind; what else is restored comes from the
/// user's packages folder and sources.
/// </summary>
internal sealed class OutsideFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cogtools-packages-");

    public OutsideFolder() => File.WriteAllText(System.IO.Path.Combine(Path, "nuget.config"), $"""
        <configuration>
          <packageSources>
            <add key="packed" value="{SecurityElement.Escape(PackedPackages.Folder)}" />
          </packageSources>
          <fallbackPackageFolders>
            <add key="user" value="{SecurityElement.Escape(UserPackages)}" />
          </fallbackPackageFolders>
        </configuration>
        """);

    /// <summary>Its path.</summary>
    public string Path => _folder.FullName;

    private static string UserPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
        ? named
        : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Runs a program in a folder below; fails the test unless it ends with 0.</summary>
    /// <returns>What it wrote.</returns>
    public async Task<(string Output, string Error)> RunAsync(string folder, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Directory.CreateDirectory(System.IO.Path.Combine(Path, folder)).FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NUGET_PACKAGES"] = System.IO.Path.Combine(Path, "packages");
        foreach (var ours in start.Environment.Keys.Where(IsOurs).ToList())
            start.Environment.Remove(ours);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var command = string.Join(' ', start.ArgumentList);
        Assert.True(process.ExitCode == 0, $"{program} {command} ended with {process.ExitCode}:\n{output}\n{await error}");
        return (output, await error);
    }

    // Variables that the test's own build and run have set, and settings of the toolkit.
    private static bool IsOurs(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || variable.StartsWith("COG", StringComparison.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);
}
