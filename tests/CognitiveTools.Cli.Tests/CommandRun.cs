using System.CommandLine;

namespace CognitiveTools.Cli.Tests;

/// <summary>Runs the command line in this process and keeps what it prints.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> OfAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, Error = error };
        var code = await CogtoolsCommand.RunAsync(arguments, configuration, TestContext.Current.CancellationToken);
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}
