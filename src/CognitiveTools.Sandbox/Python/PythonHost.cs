using System.Collections.Concurrent;
using CognitiveTools.Code;
using CognitiveTools.Programs;

namespace CognitiveTools.Sandbox.Python;

/// <summary>
/// This host's support for Python: an interpreter and a launcher that were tested together, or the reason why Python cannot be run.
/// </summary>
internal sealed record PythonHost(Interpreter? Interpreter, Launcher? Launcher, string? Missing)
{
    /// <summary>Whether the interpreter checks its own operations. Switched off only to test the kernel's limits alone.</summary>
    public bool AuditHook { get; init; } = true;

    /// <summary>The operations that the kernel refused in the test, in words for a log.</summary>
    public string Kernel { get; init; } = "";

    // Run without the audit hook, so that only the kernel refuses operations.
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

    /// <summary>The strongest combination on this host, if it is strong enough. Probed once per process.</summary>
    public static Task<PythonHost> DetectAsync(SandboxLevel least, CancellationToken cancellationToken) =>
        Detected.GetOrAdd(least,
            static level => new(() => ProbeAsync(_ => true, CancellationToken.None, level))).Value.WaitAsync(cancellationToken);

    /// <summary>The strongest combination among the launchers that the caller accepts, probed now.</summary>
    public static async Task<PythonHost> ProbeAsync(
        Predicate<Launcher> accept, CancellationToken cancellationToken, SandboxLevel least = SandboxLevel.Process)
    {
        if (OperatingSystem.IsWindows())
            return Without(
                "Python is not run on Windows, which lacks the limits that this runner relies on. "
                + "Use JavaScript, or run on Linux (WSL works).");

        var interpreters = await Interpreter.FindAllAsync(cancellationToken);
        var recent = interpreters.Where(i => i.Version >= Interpreter.Oldest).ToList();
        if (recent.Count == 0)
            return Without(
                $"No python3 of version {Interpreter.Oldest} or newer is on the search path. Install Python 3, or use JavaScript.");

        var isRoot = Environment.IsPrivilegedProcess;
        string? lastFailure = null;
        SandboxLevel[] levels = [SandboxLevel.OsSandbox, SandboxLevel.Namespaces, SandboxLevel.Process];
        foreach (var level in levels.Where(level => level >= least))
        {
            foreach (var interpreter in recent)
            {
                var candidates = Launcher.Candidates(static name => ProgramPath.Find(name), isRoot, interpreter.Folder);
                foreach (var launcher in candidates.Where(l => l.Level == level && accept(l)))
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
        (isRoot && ProgramPath.Find("setpriv") is null
            ? "Install setpriv (util-linux), so that root privileges can be dropped, or run as an ordinary user."
            : "Install bubblewrap (bwrap), or use JavaScript.")
        + (least > SandboxLevel.Process
            ? " To accept a weaker level, set CodeSandboxOptions.LeastLevel (setting Sandbox:LeastLevel) to process." : "");

    private static string Words(string open) =>
        (open.Contains("files", StringComparison.Ordinal) ? "" : "; other files refused by the kernel (Landlock)")
        + (open.Contains("sockets", StringComparison.Ordinal) ? "; no filter of system calls"
            : "; sockets, namespaces and keyrings refused by the kernel (seccomp)");

    private static PythonHost Without(string missing) => new(Interpreter: null, Launcher: null, missing);
}
