using CognitiveTools.Code;
using CognitiveTools.Sandbox.Python;

namespace CognitiveTools.Sandbox.Tests.Python;

public sealed class PythonRunnerTests
{
    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("from fractions import Fraction\nFraction(1, 3) + Fraction(1, 6)", "Fraction(1, 2)")]
    [InlineData("import math, itertools, random, decimal, collections, functools, re, json, heapq\nmath.comb(10, 3)", "120")]
    [InlineData("len(str(2 ** 20000))", "6021")]
    [InlineData("def f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nf(15)", "610")]
    [InlineData("'quotes: \\'\\'\\' \"\"\" `$(id)`; exit 1'", "'quotes: \\'\\'\\' \"\"\" `$(id)`; exit 1'")]
    [InlineData("'é ∑ 😀'", "'é ∑ 😀'")]
    [InlineData("x = 1", null)]
    [InlineData("", null)]
    public async Task The_last_expression_is_the_value(string code, string? value) =>
        Assert.Equal(value, await Sandboxes.Value("plain", code));

    [Theory]
    [InlineData("bwrap", SandboxLevel.OsSandbox)]
    [InlineData("unshare", SandboxLevel.Namespaces)]
    [InlineData("plain", SandboxLevel.Process)]
    public async Task A_launcher_reports_its_own_level(string launcher, SandboxLevel level)
    {
        var runner = await Sandboxes.Runner(launcher);

        var result = await runner.RunAsync("print('x'); import sys; print('e', file=sys.stderr)", Sandboxes.Small,
            TestContext.Current.CancellationToken);

        Assert.Equal(level, runner.Level);
        Assert.Equal(level, result.Level);
        Assert.Equal("x\ne\n", result.Output);
    }

    [Fact]
    public async Task Detection_takes_the_strongest_launcher_that_works()
    {
        var strongest = await PythonHost.ProbeAsync(_ => true, TestContext.Current.CancellationToken);
        var runner = await PythonRunner.DetectAsync(SandboxLevel.Process, TestContext.Current.CancellationToken);

        Assert.Equal(strongest.Launcher?.Level ?? SandboxLevel.None, runner.Level);
        Assert.NotEmpty(runner.Protection);
    }

    [Fact]
    public async Task A_host_without_Python_refuses_with_a_remedy()
    {
        var runner = new PythonRunner(new PythonHost(Interpreter: null, Launcher: null, "No python3. Install Python 3."));

        var result = await runner.RunAsync("1", CodeLimits.Default, TestContext.Current.CancellationToken);

        Assert.Equal(CodeOutcome.Refused, result.Outcome);
        Assert.Equal(SandboxLevel.None, result.Level);
        Assert.Equal("Not run: No python3. Install Python 3.", result.Describe());
    }

    [Fact]
    public async Task A_host_whose_launchers_all_fail_refuses_and_says_what_was_tried()
    {
        var host = await PythonHost.ProbeAsync(_ => false, TestContext.Current.CancellationToken);

        Assert.Null(host.Launcher);
        Assert.NotEmpty(host.Missing!);
    }

    [Fact]
    public void Root_without_setpriv_has_no_launcher() =>
        Assert.Empty(Launcher.Candidates(_ => null, isRoot: true, "/usr"));

    [Theory]
    [InlineData("a = 1\nb = a.x", 2, "AttributeError")]
    [InlineData("def f():\n    return 1 / 0\n\nf()", 2, "ZeroDivisionError")]
    [InlineData("x = (\n", 1, "SyntaxError")]
    [InlineData("import sys\nsys.exit('no')", 2, "SystemExit: no")]
    [InlineData("import numpy", 1, "ModuleNotFoundError")]
    public async Task An_error_names_its_line(string code, int line, string reason)
    {
        var result = await Sandboxes.Run("plain", "print('before')\n" + code);

        Assert.True(result.Outcome == CodeOutcome.Failed, result.Describe());
        Assert.Equal(line + 1, result.Line);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_is_cut_visibly()
    {
        var result = await Sandboxes.Run("plain", "print('x' * 1500)");

        Assert.Equal(CodeOutcome.Completed, result.Outcome);
        Assert.True(result.OutputCut);
        Assert.EndsWith("[output cut: 1000 of at least 1501 characters shown]", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_printed_before_the_time_limit_is_kept()
    {
        var result = await Sandboxes.Run("plain", "print('found 17')\nwhile True: pass", Sandboxes.Short);

        Assert.Equal(LimitNames.Time, result.Limit);
        Assert.Equal("found 17\n", result.Output);
    }

    [Fact]
    public async Task The_callers_cancellation_kills_the_process_and_is_thrown()
    {
        var runner = await Sandboxes.Runner("plain");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = runner.RunAsync("while True: pass", Sandboxes.Small, cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }
}
