using System.CommandLine;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security;
using System.Security.Authentication;
using System.Text.Json;
using CognitiveTools.Text;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using YamlDotNet.Core;

namespace CognitiveTools.Cli;

/// <summary>Runs a command's action and turns what went wrong into a message and an exit code.</summary>
internal static class CommandGuard
{
    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Print stack traces of errors and the native library's log",
        Recursive = true,
    };

    // Longer than any message of ours; a value that a message quotes from a file may have any length.
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
                await parse.InvocationConfiguration.Error.WriteLineAsync($"{ProgramCommand.NameOf(parse)}: cancelled.");
                return ExitCodes.Cancelled;
            }
            catch (Exception e) when (!parse.GetValue(Verbose) && IsForTheUser(e))
            {
                var message = TerminalText.Excerpt(PathOptions.NameOption(parse, e, FailureWords.Of(e)), MostOfAMessage);
                await parse.InvocationConfiguration.Error.WriteLineAsync($"{ProgramCommand.NameOf(parse)}: {message}");
                return ExitCodes.BadInput;
            }
        });

    /// <summary>
    /// Whether user input can cause an exception of this kind: arguments, settings, files, their rights, other
    /// programs, native libraries, the network, or several of these at once. Anything else is a bug and keeps its stack.
    /// </summary>
    internal static bool IsForTheUser(Exception e) => e switch
    {
        AggregateException { InnerExceptions: { Count: > 0 } several } => several.All(IsForTheUser),
        OperationCanceledException => e.InnerException is TimeoutException, // how HttpClient reports its own time-out
        ArgumentException or FormatException or InvalidOperationException or NotSupportedException => true,
        OptionsValidationException or ValidationException => true,
        InvalidDataException or JsonException or YamlException or IOException or UnauthorizedAccessException or SecurityException => true,
        Win32Exception or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or OnnxRuntimeException => true,
        HttpRequestException or TimeoutException or AuthenticationException => true,
        _ => false,
    };
}
