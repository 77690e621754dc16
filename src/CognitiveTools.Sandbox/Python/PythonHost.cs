using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.Python;

/// <summary>What this host offers for running Python: an interpreter and a launcher that were seen to work together, or the reason why not.</summary>
internal sealed record PythonHost(Interpreter? Interpreter, Launcher? Launcher, string? Missing)
{
    /// <summary>Whether the interpreter checks its own operations. Off only to test that the kernel's limits hold without it.</summary>
    public bool AuditHook { get; init; } = true;

    private const string ProbeProgram = "import math, os\nassert os.getuid() != 0\nmath.factorial(5)";
    private static readonly CodeLimits ProbeLimits = new() { WallTime = TimeSpan.FromSeconds(10) };
    private static readonly Lazy<Task<PythonHost>> Detected = new(() => ProbeAsync(_ => true, CancellationToken.None));

    /// <summary>The strongest combination on this host. It is probed once for the life of the process.</summary>
    public static Task<PythonHost> DetectAsync(CancellationToken cancellationToken) => Detected.Value.WaitAsync(cancellationToken);

    /// <summary>The strongest combination among the launchers that the caller accepts, probed now.</summary>
    public static async Task<PythonHost> ProbeAsync(Predicate<Launcher> accept, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            return Without("Python is not run on Windows, where the limits this runner relies on do not exist. Use JavaScript, or run on Linux (WSL works).");

        var interpreters = await Interpreter.FindAllAsync(cancellationToken);
        var recent = interpreters.Where(i => i.Version >= Interpreter.Oldest).ToList();
        if (recent.Count == 0)
            return Without($"No python3 of version {Interpreter.Oldest} or newer is on the search path. Install Python 3, or use JavaScript.");

        var isRoot = Environment.IsPrivilegedProcess;
        string? lastFailure = null;
        foreach (var level in new[] { SandboxLevel.OsSandbox, SandboxLevel.Process })
        {
            foreach (var interpreter in recent)
            {
                foreach (var launcher in Launcher.Candidates(HostTools.Find, isRoot, interpreter.Folder).Where(l => l.Level == level && accept(l)))
                {
                    var host = new PythonHost(interpreter, launcher, Missing: null);
                    var probe = await new PythonProcess(host, ProbeProgram, ProbeLimits).RunAsync(cancellationToken);
                    if (probe is { Outcome: CodeOutcome.Completed, Value: "120" })
                        return host;
                    lastFailure = $"{launcher.Name} with {interpreter.File}: {probe.Reason}";
                }
            }
        }

        var remedy = isRoot ? "Run as an ordinary user, or install setpriv (util-linux) so that root can be given up." : "Install bubblewrap (bwrap), or use JavaScript.";
        return Without($"Python is installed but cannot be run under limits. {remedy} Last attempt: {lastFailure ?? "no launcher"}.");
    }

    private static PythonHost Without(string missing) => new(Interpreter: null, Launcher: null, missing);
}
