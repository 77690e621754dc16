using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace CognitiveTools.Llama.Binding;

/// <summary>Redirects llama.cpp's log from the terminal to an <see cref="ILogger"/> if one is set, and the errors of
/// the current call into the exception that reports its failure.</summary>
internal static unsafe partial class NativeLog
{
    private const int KeptErrors = 8;

    [ThreadStatic]
    private static List<string>? _errors;

    [ThreadStatic]
    private static StringBuilder? _line;

    [ThreadStatic]
    private static int _lineLevel;

    internal static ILogger? Logger { get; set; }

    internal static void Install() => NativeMethods.llama_log_set(&OnMessage, null);

    /// <summary>Clears this thread's native error messages, before a call.</summary>
    internal static void Forget() => _errors?.Clear();

    /// <summary>This thread's native errors since <see cref="Forget"/>, as one sentence part; empty when there were none.</summary>
    internal static string Errors => _errors is { Count: > 0 } errors ? $" llama.cpp says: {string.Join(" | ", errors)}" : "";

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(int level, byte* text, void* userData)
    {
        const int Warning = 3, Error = 4, Continued = 5;
        _line ??= new StringBuilder();
        if (level != Continued)
            _lineLevel = level;
        _line.Append(NativeRuntime.Text(text));
        if (_line.Length == 0 || _line[^1] != '\n')
            return;

        var message = _line.ToString().TrimEnd();
        _line.Clear();
        if (_lineLevel == Error && (_errors ??= []).Count < KeptErrors)
            _errors.Add(message);
        if (Logger is not { } logger)
            return;
        try
        {
            // llama.cpp logs a page per model at its information level, which is our debug level.
            Native(logger, _lineLevel switch { Error => LogLevel.Error, Warning => LogLevel.Warning, _ => LogLevel.Debug }, message);
        }
#pragma warning disable CA1031 // an exception may not unwind through the native caller
        catch
        {
        }
#pragma warning restore CA1031
    }

    [LoggerMessage(EventId = 1, Message = "{Message}")]
    private static partial void Native(ILogger logger, LogLevel level, string message);
}
