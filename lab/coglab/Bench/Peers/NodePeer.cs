using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using CognitiveTools.Lab.Bench;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Programs;

namespace CognitiveTools.Lab.Commands.Bench.Peers;

/// <summary>
/// node-llama-cpp: the llama.cpp libraries of `cogtools natives get npm` under a Node.js binding. npm fetches it once into a folder
/// next to the models'.
/// </summary>
internal sealed class NodePeer : LinePeer
{
    // the version of `cogtools natives get npm`
    private const string Package = "node-llama-cpp", Version = "3.22.1", Script = Package + ".mjs";
    private const int ErrorLines = 3;

    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(5);

    public override string Name => $"{Package} {Version}";

    public override double? TargetOf(int sequences) => sequences == 1 ? 1 : 1.2;

    protected override async Task<ProcessStartInfo> PrepareAsync(CancellationToken cancellationToken)
    {
        var platform = Platform()
            ?? throw new InvalidOperationException(
            $"npm has no prebuilt package for {RuntimeInformation.RuntimeIdentifier}; run it on Linux with glibc");
        var node = Program("node");
        var folder = Path.Combine(Path.GetDirectoryName(ModelStore.DefaultFolder())!, "peers", $"{Package}-{Version}");
        if (!File.Exists(Path.Combine(folder, "node_modules", Package, "package.json")))
            await InstallAsync(folder, platform, cancellationToken);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "peers", Script), Path.Combine(folder, Script), overwrite: true);
        return new(node, [Script]) { WorkingDirectory = folder };
    }

    private static string Program(string name) =>
        ProgramPath.Find(name) ?? throw new InvalidOperationException($"{name} is not on PATH; install Node.js, whose npm fetches it once");

    private static string? Platform() =>
        OperatingSystem.IsLinux() && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        ? RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => "linux-x64", Architecture.Arm64 => "linux-arm64", _ => null }
        : null;

    private static async Task InstallAsync(string folder, string platform, CancellationToken cancellationToken)
    {
        var program = Program("npm");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{ "private": true, "type": "module" }""", cancellationToken);
        // Without optional packages npm leaves the builds for GPUs and other systems out; the one needed is named.
        string[] arguments =
        [
            "install", $"{Package}@{Version}", $"@{Package}/{platform}@{Version}", "--save-exact", "--omit=optional", "--ignore-scripts",
            "--no-audit", "--no-fund", "--loglevel=error",
        ];
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Process.Start(start) ?? throw new InvalidOperationException("npm could not be started");
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(InstallTimeout);
        try
        {
            var output = npm.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = await npm.StandardError.ReadToEndAsync(timeout.Token);
            await output;
            await npm.WaitForExitAsync(timeout.Token);
            if (npm.ExitCode != 0)
            {
                var said = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(ErrorLines);
                throw new InvalidOperationException($"npm could not fetch it (exit code {npm.ExitCode}): {string.Join("; ", said)}");
            }
        }
        catch (OperationCanceledException canceled)
        {
            npm.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"npm did not finish within {InstallTimeout.TotalMinutes:0} minutes", canceled);
        }
    }
}
