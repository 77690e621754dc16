using System.Diagnostics;

namespace CognitiveTools.Cli.Tests;

/// <summary>Runs the command line in a process of its own, for what depends on the process: its environment, its worker.</summary>
internal static class CogtoolsProcess
{
    public static Task<CommandRun> RunAsync(string[] arguments, params (string Name, string Value)[] environment) =>
        RunInAsync(Directory.GetCurrentDirectory(), arguments, environment);

    public static async Task<CommandRun> RunInAsync(string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CogtoolsCommand).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var token = TestContext.Current.CancellationToken;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
        await process.WaitForExitAsync(token);
        return new(process.ExitCode, await output, await error);
    }
}
