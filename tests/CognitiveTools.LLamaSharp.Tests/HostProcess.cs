using System.Diagnostics;

namespace CognitiveTools.LLamaSharp.Tests;

/// <summary>Runs the test host in a process of its own.</summary>
internal static class HostProcess
{
    internal static string Mini { get; } = Path.Combine(AppContext.BaseDirectory, "mini.gguf");

    internal static async Task<(int ExitCode, string[] Lines)> RunAsync(string mode, string text, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var host = Path.Combine(AppContext.BaseDirectory, "CognitiveTools.LLamaSharp.TestHost.dll");
        foreach (var argument in (string[])[host, mode, Mini, text])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            TestContext.Current.TestOutputHelper?.WriteLine(await errors);
        return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
