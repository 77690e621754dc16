using System.Collections.Concurrent;
using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.Python;

/// <summary>What this host offers for running Python: an interpreter and a launcher that were seen to work together, or the reason why
/// not.</summary>
internal sealed record PythonHost(Interpreter? Interpreter, Launcher? Launcher, string? Missing)
{
    /// <summary>Whether the interpreter checks its own operations. Off only to test that the kernel's limits hold without it.</summary>
    public bool AuditHook { get; init; } = true;

    /// <summary>What the kernel was seen to refuse, in words for a log.</summary>
    public string Kernel { get; init; } = "";

    // Run without the audit hook: the answers are the kernel's.
    private const string ProbeProgram = """
        import math, os
        assert os.getuid() != 0
        seen = [str(math.factorial(5))]
        if os.path.exists('/proc/self/status'):
            try:
                open('/proc/self/status')
                seen.append('files')
            except PermissionError: pass
        try:
            import socket
            socket.socket()
            seen.append('sockets')
        except PermissionError: pass
        except OSError: seen.append('sockets')
        ' '.join(seen)
        """;

    private static readonly CodeLimits ProbeLimits = new() { WallTime = TimeSpan.FromSeconds(10) };
    private static readonly ConcurrentDictionary<SandboxLevel, Lazy<Task<PythonHost>>> Detected = [];

    /// <summary>The strongest combination on this host, if it is strong enough. It is probed once for the life of the process.</summary>
    public static Task<PythonHost> DetectAsync(SandboxLevel least, CancellationToken cancellationToken) =>
        Detected.GetOrAdd(least,
            static level => new(() => ProbeAsync(_ => true, CancellationToken.None, level))).Value.WaitAsync(cancellationToken);

    /// <summary>The strongest combination among the launchers that the caller accepts, probed now.</summary>
    public static async Task<PythonHost> ProbeAsync(Predicate<Launcher> accept, CancellationToken cancellationToken,
        SandboxLevel least = SandboxLevel.Process)
    {
        if (OperatingSystem.IsWindows())
            return Without(
                "Python is not run on Windows, where the limits this runner relies on do not exist. Use JavaScript, or run on Linux (WSL "
                + "works).");

        var interpreters = await Interpreter.FindAllAsync(cancellationToken);
        var recent = interpreters.Where(i => i.Version >= Interpreter.Oldest).ToList();
        if (recent.Count == 0)
            return Without(
                $"No python3 of version {Interpreter.Oldest} or newer is on the search path. Install Python 3, or use JavaScript.");

        var isRoot = Environment.IsPrivilegedProcess;
        string? lastFailure = null;
        foreach (var level in new[] { SandboxLevel.OsSandbox, SandboxLevel.Namespaces,
            SandboxLevel.Process }.Where(level => level >= least))
        {
            foreach (var interpreter in recent)
            {
                foreach (var launcher in Launcher.Candidates(HostTools.Find, isRoot, interpreter.Folder)
                    .Where(l => l.Level == level && accept(l)))
                {
                    var host = new PythonHost(interpreter, launcher, Missing: null) { AuditHook = false };
                    var probe = await new PythonProcess(host, ProbeProgram, ProbeLimits).RunAsync(cancellationToken);
                    if (probe is { Outcome: CodeOutcome.Completed, Value: ['\'', '1', '2', '0', .. var open, '\''] })
                        return host with { AuditHook = true, Kernel = Words(open) };
                    lastFailure = $"{launcher.Name} with {interpreter.File}: {probe.Reason}";
                }
            }
        }

        return Without(
            $"Python is installed, but cannot be run at the level {least.ToName()} or above. {Remedy(isRoot, least)} Last attempt: "
            + $"{lastFailure ?? "no launcher"}.");
    }

    private static string Remedy(bool isRoot, SandboxLevel least) =>
        (isRoot && HostTools.Find("setpriv") is null
            ? "Install setpriv (util-linux), so that root can be given up, or run as an ordinary user."
            : "Install bubblewrap (bwrap), or use JavaScript.")
        + (least > SandboxLevel.Process
            ? " To accept a weaker level, set CodeSandboxOptions.LeastLevel (setting Sandbox:LeastLevel) to process." : "");

    private static string Words(string open) =>
        (open.Contains("files", StringComparison.Ordinal) ? "" : "; other files refused by the kernel (Landlock)")
        + (open.Contains("sockets", StringComparison.Ordinal) ? "; no filter of system calls"
            : "; sockets, namespaces and keyrings refused by the kernel (seccomp)");

    private static PythonHost Without(string missing) => new(Interpreter: null, Launcher: null, missing);
}
