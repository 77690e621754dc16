using System.Diagnostics;
using System.Text.Json;

namespace CognitiveTools.Tests.Node;

/// <summary>
/// A protocol's own client from npm, fetched once into the build's output. Without node and npm its tests are skipped,
/// except under <c>CI=true</c>, where that fails them.
/// </summary>
/// <param name="folder">The folder of <c>client.mjs</c> and its lockfile, below the test's own.</param>
public abstract class NodeClient(params string[] folder) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Path.Combine([AppContext.BaseDirectory, .. folder]);
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        _missing = await ProblemAsync("node") ?? await ProblemAsync("npm");
        if (_missing is not null || File.Exists(Path.Combine(_folder, "node_modules", ".package-lock.json")))
            return;
        var (code, _, error) = await RunAsync("npm", _folder, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
        if (code != 0)
            _missing = $"npm could not fetch the client: {error}";
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Lets the client drive a server; what happened, as the script reports it.</summary>
    internal Task<JsonElement> DriveAsync(params string[] arguments) => RunScriptAsync("client.mjs", arguments);

    /// <summary>As <see cref="DriveAsync"/>, with another script of the same folder.</summary>
    internal async Task<JsonElement> RunScriptAsync(string script, params string[] arguments)
    {
        if (_missing is not null && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(_missing);
        if (_missing is not null)
            Assert.Skip($"To run it: install Node.js with npm, which fetches the client once. Here: {_missing.ReplaceLineEndings(" ")}");
        var (code, output, error) = await RunAsync("node", _folder, [script, .. arguments]);
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

    private static async Task<(int Code, string Output, string Error)> RunAsync(
        string program, string folder, IEnumerable<string> arguments)
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
