namespace CognitiveTools.Cli;

/// <summary>Exit codes of every command.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>
    /// The command ran, and what it found needs attention: a failed check, units with errors, an answer that is empty or was cut.
    /// </summary>
    public const int Attention = 1;

    /// <summary>Bad input: an argument, a file or a setting; the message says which and what to do.</summary>
    public const int BadInput = 2;

    /// <summary>Cancelled with Ctrl-C.</summary>
    public const int Cancelled = 130;
}
