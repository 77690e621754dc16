using System.Globalization;
using CognitiveTools.Code;
using CognitiveTools.Sandbox.Hosting;

namespace CognitiveTools.Cli.Tests.Workers;

/// <summary>JavaScript in a process of its own: what no interpreter can stop ends with the process.</summary>
public sealed class ScriptCommandTests : IDisposable
{
    // The time includes the start of a process, which takes seconds on a busy machine.
    private static readonly CodeLimits Limits = CodeLimits.Default with { WallTime = TimeSpan.FromMinutes(2), MemoryBytes = 16 << 20 };

    private readonly CodeSandbox _sandbox = new(
        new() { ScriptHost = ["dotnet", Path.Combine(AppContext.BaseDirectory, "cogtools.dll"), "javascript"] });

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("print('é ∑'); 2n ** 100n", CodeOutcome.Completed, "é ∑\n", "1267650600228229401496703205376")]
    [InlineData("const x = 1;\nnope();", CodeOutcome.Failed, "", null)]
    public async Task A_program_ends_as_it_does_in_this_process(string code, CodeOutcome outcome, string output, string? value)
    {
        var apart = await RunAsync(code);
        var here = await new Sandbox.JavaScript.JavaScriptRunner().RunAsync(code, Limits, TestContext.Current.CancellationToken);

        Assert.Equal((outcome, output, value), (apart.Outcome, apart.Output, apart.Value));
        Assert.Equal((here.Reason, here.Line, here.Level, here.Limit), (apart.Reason, apart.Line, apart.Level, apart.Limit));
    }

    [Theory]
    [InlineData("let a = 7n; for (;;) a *= a")]
    [InlineData("for (;;);")]
    public async Task Numbers_without_end_end_with_their_process(string code)
    {
        var result = await RunAsync(code, Limits with { WallTime = TimeSpan.FromSeconds(2) });

        Assert.True(result.Outcome != CodeOutcome.Completed, result.Describe());
        Assert.DoesNotContain(Children(), line => line.Contains("javascript", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_heap_without_end_ends_at_the_memory_limit()
    {
        var result = await RunAsync("const a = []; for (;;) a.push(new Array(10000).fill(a.length))");

        Assert.Equal(LimitNames.Memory, result.Limit);
    }

    [Fact]
    public async Task A_host_that_does_not_start_is_named()
    {
        using var sandbox = new CodeSandbox(new() { ScriptHost = ["/nowhere/cogtools"] });

        var result = await (await sandbox.FindAsync("javascript", TestContext.Current.CancellationToken))!.RunAsync(
            "1", Limits, TestContext.Current.CancellationToken);

        Assert.Equal(CodeOutcome.Refused, result.Outcome);
        Assert.Contains("/nowhere/cogtools", result.Reason, StringComparison.Ordinal);
    }

    private async Task<CodeResult> RunAsync(string code, CodeLimits? limits = null) =>
        await (await _sandbox.FindAsync("javascript", TestContext.Current.CancellationToken))!
            .RunAsync(code, limits ?? Limits, TestContext.Current.CancellationToken);

    // Command lines of the processes that this one has started and that still run.
    private static IEnumerable<string> Children()
    {
        if (!Directory.Exists("/proc"))
            Assert.Skip("This system has no /proc to look for processes in: run it on Linux.");
        foreach (var folder in Directory.GetDirectories("/proc").Where(
            static folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)))
        {
            string status, line;
            try
            {
                status = File.ReadAllText(Path.Combine(folder, "status"));
                line = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (IOException)
            {
                continue; // it has just ended
            }

            if (status.Contains($"PPid:\t{Environment.ProcessId}\n", StringComparison.Ordinal))
                yield return line;
        }
    }
}
