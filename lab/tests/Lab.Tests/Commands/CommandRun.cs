using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Commands;

namespace CognitiveTools.Lab.Tests.Commands;

/// <summary>Runs a command line in this process and keeps what it prints.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs <c>coglab</c>.</summary>
    public static Task<CommandRun> OfAsync(params string[] arguments) => OfAsync(CoglabCommand.Create(), arguments);

    /// <summary>Runs <c>cogtools</c>.</summary>
    public static Task<CommandRun> OfCogtoolsAsync(params string[] arguments) => OfAsync(CogtoolsCommand.Create(), arguments);

    private static async Task<CommandRun> OfAsync(ProgramCommand program, string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, Error = error };
        var code = await program.RunAsync(arguments, configuration, TestContext.Current.CancellationToken);
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}
