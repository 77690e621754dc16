using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using CognitiveTools.Lab.Bench;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Programs;

namespace CognitiveTools.Lab.Commands.Bench.Peers;

/// <summary>
/// node-llama-cpp in a process of its own: the llama.cpp libraries of `cogtools natives get npm` under a Node.js binding. npm fetches it once into
/// a folder beside the models'.
/// </summary>
internal sealed class NodePeer : IDecodePeer, IDisposable
{
    private const string Package = "node-llama-cpp", Version = "3.22.1", Script = Package + ".mjs"; // the version of `cogtools natives get npm`
    private const int ErrorLines = 3;

    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(5);

    private Process? _process;

    public string Name => $"{Package} {Version}";

    public double? TargetOf(int sequences) => sequences == 1 ? 1 : 1.2;

    public bool Measures(int sequences) => sequences is 1 or 8;

    public async Task<string?> StartAsync(PeerSetup setup, CancellationToken cancellationToken = default)
    {
        if (Platform() is not { } platform)
            return $"no prebuilt package for {RuntimeInformation.RuntimeIdentifier}";
        try
        {
            var folder = Path.Combine(Path.GetDirectoryName(ModelStore.DefaultFolder())!, "peers", $"{Package}-{Version}");
            if (!File.Exists(Path.Combine(folder, "node_modules", Package, "package.json")))
                await InstallAsync(folder, platform, cancellationToken);
            File.Copy(Path.Combine(AppContext.BaseDirectory, "peers", Script), Path.Combine(folder, Script), overwrite: true);
            _process = Start("node", folder, [Script], input: true);
            using var ready = await AskAsync(new { model = setup.Model, threads = setup.Threads, context = setup.ContextLength, sequences = setup.Sequences }, cancellationToken);
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            Dispose();
            return error.Message;
        }
    }

    public async Task<double> DecodeAsync(IReadOnlyList<int> prompt, int sequences, int steps, CancellationToken cancellationToken = default)
    {
        using var answer = await AskAsync(new { prompt, sequences, steps }, cancellationToken);
        var tokens = answer.RootElement.GetProperty("tokens").GetInt32();
        return tokens == sequences * steps
            ? answer.RootElement.GetProperty("seconds").GetDouble()
            : throw new InvalidOperationException($"{Name} generated {tokens} tokens instead of {sequences * steps}. Run the benchmark with --no-peer.");
    }

    public void Dispose()
    {
        if (_process is not { } process)
            return;
        _process = null;
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static string? Platform() => OperatingSystem.IsLinux() && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        ? RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => "linux-x64", Architecture.Arm64 => "linux-arm64", _ => null }
        : null;

    private static async Task InstallAsync(string folder, string platform, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{ "private": true, "type": "module" }""", cancellationToken);
        // Without optional packages npm leaves the builds for GPUs and other systems out; the one needed is named.
        using var npm = Start("npm", folder, ["install", $"{Package}@{Version}", $"@{Package}/{platform}@{Version}", "--save-exact", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], input: false);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(InstallTimeout);
        try
        {
            var output = npm.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = await npm.StandardError.ReadToEndAsync(timeout.Token);
            await output;
            await npm.WaitForExitAsync(timeout.Token);
            if (npm.ExitCode != 0)
                throw new InvalidOperationException($"npm could not fetch it (exit code {npm.ExitCode}): {string.Join("; ", errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(ErrorLines))}");
        }
        catch (OperationCanceledException canceled)
        {
            npm.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"npm did not finish within {InstallTimeout.TotalMinutes:0} minutes", canceled);
        }
    }

    private static Process Start(string program, string folder, string[] arguments, bool input)
    {
        var start = new ProcessStartInfo(ProgramPath.Find(program) ?? throw new InvalidOperationException($"{program} is not on PATH"), arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = input,
            RedirectStandardOutput = true,
            RedirectStandardError = !input, // llama.cpp's own messages go where ours go
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started");
    }

    private async Task<JsonDocument> AskAsync<T>(T request, CancellationToken cancellationToken)
    {
        var process = _process ?? throw new InvalidOperationException($"{Name} is not running.");
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(AnswerTimeout);
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request).AsMemory(), timeout.Token);
            await process.StandardInput.FlushAsync(timeout.Token);
            var line = await process.StandardOutput.ReadLineAsync(timeout.Token) ?? throw new InvalidOperationException($"{Name} ended without an answer.");
            var answer = JsonDocument.Parse(line);
            return answer.RootElement.TryGetProperty("error", out var error)
                ? throw new InvalidOperationException($"{Name} failed: {error.GetString()}")
                : answer;
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{Name} gave no answer within {AnswerTimeout.TotalMinutes:0} minutes. Run the benchmark with --no-peer.", canceled);
        }
    }
}
