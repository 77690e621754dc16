using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using CognitiveTools.Text;

namespace CognitiveTools.Cli;

/// <summary>The root of a program's commands; everything that it reports on standard error begins with the program's name.</summary>
internal sealed class ProgramCommand(string program, string description) : RootCommand(description)
{
    // After Ctrl+C or SIGTERM; the library gives 2 s, which a large model may need for one step.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(30);

    /// <summary>The program whose command line was parsed.</summary>
    public static string NameOf(ParseResult parse) => ((ProgramCommand)parse.RootCommandResult.Command).Program;

    /// <summary>The program's name as its user types it.</summary>
    public string Program => program;

    /// <summary>Sets the rules for the values of all options and arguments. Call it when all commands are added.</summary>
    /// <returns>This command.</returns>
    public ProgramCommand WithValueRules()
    {
        NumberOptions.UseOneForm(this);
        TextOptions.RefuseEmpty(this);
        PathOptions.RefuseMissing(this);
        return this;
    }

    /// <summary>
    /// Runs a command line. An error in the command line is answered in a line or two, without the help text. All output goes
    /// through a <see cref="TerminalWriter"/>.
    /// </summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(
        IReadOnlyList<string> arguments, InvocationConfiguration configuration, CancellationToken cancellationToken = default)
    {
        configuration.ProcessTerminationTimeout = TimeToEnd;
        configuration.Output = new TerminalWriter(configuration.Output);
        configuration.Error = new TerminalWriter(configuration.Error);
        var parse = Parse(EmptyValues.Keep(this, arguments));
        if (parse.Action is not ParseErrorAction)
        {
            // The library listens to signals only when a command has begun to run. One that comes before would kill the process.
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
            using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
            return await parse.InvokeAsync(configuration, stop.Token);

            void Stop(PosixSignalContext signal)
            {
                signal.Cancel = true;
                try
                {
                    stop.Cancel();
                }
                catch (ObjectDisposedException)
                {
                    // The command has just ended.
                }
            }
        }

        await configuration.Error.WriteLineAsync($"{program}: {TerminalText.Line(UsageError.Describe(parse))}");
        return ExitCodes.BadInput;
    }
}
