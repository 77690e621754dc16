using CognitiveTools.Code;
using CognitiveTools.Sandbox.Python;

namespace CognitiveTools.Sandbox.Tests.Python;

/// <summary>Runs programs under each launcher. Where a host lacks one, its tests are skipped and say why.</summary>
internal static class Sandboxes
{
    private static readonly Dictionary<string, Lazy<Task<PythonHost>>> Hosts =
        new[] { "bwrap", "unshare", "plain" }.ToDictionary(
            name => name,
            name => new Lazy<Task<PythonHost>>(() => PythonHost.ProbeAsync(l => l.Name == name, CancellationToken.None)),
            StringComparer.Ordinal);

    public static CodeLimits Small { get; } = new()
    {
        MemoryBytes = 48 << 20,
        WallTime = TimeSpan.FromMinutes(2),
        OutputCharacters = 1_000,
        FileBytes = 4096,
        RecursionDepth = 200,
    };

    /// <summary>For programs without an end; long enough for the interpreter to start on a busy machine.</summary>
    public static CodeLimits Short { get; } = Small with { WallTime = TimeSpan.FromSeconds(4) };

    public static async Task<PythonRunner> Runner(string launcher, bool auditHook = true)
    {
        var host = await Hosts[launcher].Value;
        if (host.Missing is { } missing)
        {
            Assert.Skip(
                "To run it: use Linux with python3, and apt-get install bubblewrap for the launcher bwrap; a container must allow user "
                    + "namespaces. "
                + $"Here: {missing.ReplaceLineEndings(" ")}");
        }

        return new PythonRunner(host with { AuditHook = auditHook });
    }

    public static async Task<CodeResult> Run(string launcher, string code, CodeLimits? limits = null) =>
        await (await Runner(launcher)).RunAsync(code, limits ?? Small, TestContext.Current.CancellationToken);

    public static async Task<string?> Value(string launcher, string code)
    {
        var result = await Run(launcher, code);
        Assert.True(result.Outcome == CodeOutcome.Completed, result.Describe());
        return result.Value;
    }

    public static async Task HitsLimit(string launcher, string limit, string code, CodeLimits? limits = null)
    {
        var result = await Run(launcher, code, limits);
        Assert.True(result.Outcome == CodeOutcome.LimitHit && result.Limit == limit,
            $"expected {limit}, got {result.Outcome}: {result.Describe()}");
    }

    public static async Task Fails(string launcher, string part, string code)
    {
        var result = await Run(launcher, code);
        Assert.True(result.Outcome == CodeOutcome.Failed, result.Describe());
        Assert.Contains(part, result.Reason, StringComparison.Ordinal);
    }
}
