using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.Tests.Python;

/// <summary>Programs that use up a resource: each ends at its limit.</summary>
public sealed class PythonLimitTests
{
    public static TheoryData<string> Launchers => ["bwrap", "unshare", "plain"];

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task An_endless_loop_ends_at_the_time_limit(string launcher) =>
        Sandboxes.HitsLimit(launcher, LimitNames.Time, "while True: pass", Sandboxes.Short);

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task Sleeping_ends_at_the_time_limit(string launcher) =>
        Sandboxes.HitsLimit(launcher, LimitNames.Time, "import time\ntime.sleep(1000)", Sandboxes.Short);

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task Ignoring_every_signal_does_not_help(string launcher) => Sandboxes.HitsLimit(launcher, LimitNames.Time, """
        import signal
        for s in signal.valid_signals():
            try: signal.signal(s, signal.SIG_IGN)
            except OSError: pass
        while True:
            try:
                while True: pass
            except BaseException: pass
        """, Sandboxes.Short);

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task A_limit_cannot_be_raised_by_the_program(string launcher)
    {
        var result = await Sandboxes.Run(launcher, "import resource\nresource.setrlimit(resource.RLIMIT_AS, (1 << 40, 1 << 40))");

        Assert.True(result.Outcome == CodeOutcome.Failed, result.Describe());
        Assert.Contains("ValueError", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_giant_string_ends_at_the_memory_limit(string launcher) =>
        Sandboxes.HitsLimit(launcher, LimitNames.Memory, "'x' * (1 << 30)");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_growing_list_ends_at_the_memory_limit(string launcher) =>
        Sandboxes.HitsLimit(launcher, LimitNames.Memory, "a = []\nwhile True: a.append('x' * 100000)");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task Endless_recursion_ends_at_the_recursion_limit(string launcher) =>
        Sandboxes.HitsLimit(launcher, LimitNames.Recursion, "def f(): return f()\nf()");

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task A_crash_of_the_interpreter_is_a_failed_run(string launcher)
    {
        var result = await Sandboxes.Run(launcher,
            "import sys\nsys.setrecursionlimit(10 ** 9)\nclass A:\n    def __getattr__(self, n): return repr(self)\n    __repr__ = lambda "
            + "self: str(self)\n    __str__ = __repr__\nstr(A())");

        Assert.True(result.Outcome is CodeOutcome.Failed or CodeOutcome.LimitHit, result.Describe());
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task An_output_flood_ends_at_the_output_limit(string launcher) =>
        Sandboxes.HitsLimit(launcher, LimitNames.Output, "while True: print('flood' * 100)");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_flood_of_the_status_channel_ends_at_the_output_limit(string launcher) =>
        Sandboxes.HitsLimit(launcher, LimitNames.Output,
            "import os\nwhile True:\n    for fd in range(3, 9):\n        try: os.write(fd, b'x' * 4096)\n        except OSError: pass");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_regex_bomb_ends_at_the_time_limit(string launcher) =>
        Sandboxes.HitsLimit(launcher, LimitNames.Time, "import re\nre.match(r'(a+)+$', 'a' * 64 + 'b')", Sandboxes.Short);

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task There_is_no_input(string launcher) =>
        Assert.Equal("''", await Sandboxes.Value(launcher, "import sys\nsys.stdin.read()"));

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_null_byte_in_the_source_is_an_error(string launcher) => Sandboxes.Fails(launcher, "null bytes", "1 +\0 1");

    [Fact]
    public Task A_huge_source_is_not_run() => Sandboxes.HitsLimit("plain", LimitNames.Source, new string(' ', 200_000));

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task Deep_nesting_of_the_source_is_an_error(string launcher)
    {
        var result = await Sandboxes.Run(launcher, new string('(', 40_000) + "1" + new string(')', 40_000));

        Assert.True(result.Outcome is CodeOutcome.Failed or CodeOutcome.LimitHit, result.Describe());
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task Leaving_without_a_word_is_no_error_of_the_host(string launcher)
    {
        var result = await Sandboxes.Run(launcher, "import os\nos._exit(3)");

        Assert.Equal(CodeOutcome.Failed, result.Outcome);
        Assert.Contains("exit code 3", result.Reason, StringComparison.Ordinal);
    }
}
