using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using CognitiveTools.Text;

namespace CognitiveTools.Cli;

/// <summary>Runs a command's action and turns what went wrong into a message and an exit code.</summary>
internal static partial class CommandGuard
{
    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Print stack traces of errors and the native library's log",
        Recursive = true,
    };

    // No message of ours comes near; a value from a file that it repeats may be of any length.
    private const int MostOfAMessage = 4000;

    /// <summary>Sets a guarded action.</summary>
    public static void SetGuardedAction(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parse, cancellationToken) =>
        {
            try
            {
                return await action(parse, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await parse.InvocationConfiguration.Error.WriteLineAsync("cogtools: cancelled.");
                return ExitCodes.Cancelled;
            }
            catch (Exception e) when (!parse.GetValue(Verbose) && IsForTheUser(e))
            {
                await parse.InvocationConfiguration.Error.WriteLineAsync($"cogtools: {TerminalText.Excerpt(Message(e), MostOfAMessage)}");
                return ExitCodes.BadInput;
            }
        });

    // Every library error that a user can cause or mend is one of these; anything else is a bug and keeps its stack.
    private static bool IsForTheUser(Exception e) =>
        e is ArgumentException or FormatException or InvalidDataException or IOException or UnauthorizedAccessException
            or InvalidOperationException or PlatformNotSupportedException or NotSupportedException or DllNotFoundException
            or HttpRequestException or JsonException or TimeoutException;

    // "(Parameter 'x')" is for programmers, wherever in a message it stands.
    private static string Message(Exception e) => ParameterName().Replace(e.Message, "");

    [GeneratedRegex(@" \(Parameter '\w+'\)", RegexOptions.NonBacktracking)]
    private static partial Regex ParameterName();
}
