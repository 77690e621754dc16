using System.Diagnostics;

namespace CognitiveTools.Cli.Tests;

/// <summary>Runs the command line in a process of its own, for what depends on the process: its environment, its worker.</summary>
internal static class CogtoolsProcess
{
    public static Task<CommandRun> RunAsync(string[] arguments, params (string Name, string Value)[] environment) =>
        RunInAsync(Directory.GetCurrentDirectory(), arguments, environment);

    public static Task<CommandRun> RunWithInputAsync(string input, string[] arguments) =>
        RunAsync(Directory.GetCurrentDirectory(), arguments, [], input);

    public static Task<CommandRun> RunInAsync(string folder, string[] arguments, params (string Name, string Value)[] environment) =>
        RunAsync(folder, arguments, environment, input: null);

    private static async Task<CommandRun> RunAsync(
        string folder, string[] arguments, (string Name, string Value)[] environment, string? input)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CogtoolsCommand).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = input is not null,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var token = TestContext.Current.CancellationToken;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }

        await process.WaitForExitAsync(token);
        return new(process.ExitCode, await output, await error);
    }
}
