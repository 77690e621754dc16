using System.Diagnostics;
using System.Text.Json;

namespace CognitiveTools.Server.Tests;

/// <summary>
/// OpenAI's own client from npm, fetched once into the build's output. Without node and npm its tests are skipped,
/// except under <c>CI=true</c>, where that fails them.
/// </summary>
public sealed class JavaScriptClient : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "client");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        _missing = await ProblemAsync("node") ?? await ProblemAsync("npm");
        if (_missing is not null || File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
            return;
        var (code, _, error) = await RunAsync("npm", Folder, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
        if (code != 0)
            _missing = $"npm could not fetch the client: {error}";
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Lets the client drive a server; what happened, as the script reports it.</summary>
    internal async Task<JsonElement> DriveAsync(string endpoint)
    {
        if (_missing is not null && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(_missing);
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        var (code, output, error) = await RunAsync("node", Folder, ["client.mjs", endpoint]);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private static async Task<string?> ProblemAsync(string program)
    {
        try
        {
            return (await RunAsync(program, AppContext.BaseDirectory, ["--version"])).Code == 0 ? null : $"{program} does not run.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"{program} was not found; install Node.js 20 or later.";
        }
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string program, string folder, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {Patience}.", e);
        }

        return (process.ExitCode, await output, await error);
    }
}
