namespace CognitiveTools.Llama.Workers;

/// <summary>How a process ended, as text: its exit code, or the signal that ended it, which .NET reports as 128 plus its number.</summary>
internal static class UnixExit
{
    private const int SignalBase = 128, Abort = 6, Kill = 9, Segmentation = 11;

    public static string Describe(int exitCode) => (OperatingSystem.IsWindows() ? 0 : exitCode - SignalBase) switch
    {
        Abort => "was ended by the signal SIGABRT (the native library found a fault and aborted)",
        Segmentation => "was ended by the signal SIGSEGV (the native library used memory that is not its own)",
        Kill => "was ended by the signal SIGKILL (by a user, or by the system for lack of memory)",
        > 0 and var signal => $"was ended by signal {signal}",
        _ => $"ended with exit code {exitCode}",
    };
}
