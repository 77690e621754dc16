using System.Globalization;
using CognitiveTools.Code;
using CognitiveTools.Sandbox.Hosting;
using CognitiveTools.Sandbox.Python;

namespace CognitiveTools.Sandbox.Tests.Python;

/// <summary>
/// What the kernel holds without the audit hook. A launcher that this host lacks is skipped; install bubblewrap and util-linux on
/// Linux to run all of them.
/// </summary>
public sealed class PythonPromiseTests
{
    private const int Megabyte = 1 << 20;

    // Writes as much as it may into each folder, and into the one it works in.
    private const string Fill = """
        import os
        def fill(folder):
            held = 0
            try:
                for i in range(400):
                    with open(os.path.join(folder, 'fill%d' % i), 'wb') as f:
                        f.write(b'x' * (1 << 20))
                    held += 1
            except OSError: pass
            return held
        here = os.getcwd()
        [fill('.')] + [fill(p) for p in ('/tmp', '/var/tmp', '/dev/shm', '/dev', '/') if p != here]
        """;

    public static TheoryData<string> Launchers => PythonEscapeTests.Launchers;

    public static TheoryData<string> WithNamespaces => ["bwrap", "unshare"];

    [Theory]
    [MemberData(nameof(WithNamespaces))]
    public async Task All_files_together_take_no_more_than_the_memory_limit(string launcher)
    {
        var limits = Sandboxes.Small with { MemoryBytes = 48 * Megabyte, FileBytes = 2 * Megabyte };

        var result = await RunAsync(launcher, Fill, limits);

        Assert.True(result.Outcome == CodeOutcome.Completed, result.Describe());
        var held = result.Value!.Trim('[', ']').Split(", ").Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        Assert.InRange(held[0], 1, 48);
        Assert.True(held.Sum() <= 48, $"{result.Value} MB");
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task Nothing_that_it_wrote_is_left_on_the_host(string launcher)
    {
        var name = "cogtools-left-" + Guid.NewGuid().ToString("n");
        if (launcher == "plain" && !(await Sandboxes.Runner(launcher)).Protection.Contains("Landlock", StringComparison.Ordinal))
            Assert.Skip("This kernel has no Landlock: run it on Linux 5.13 or newer with Landlock enabled.");

        var result = await RunAsync(launcher, $$"""
            import os
            def write(folder):
                try: open(os.path.join(folder, '{{name}}'), 'w').write('x')
                except OSError: return False
                return True
            [write(p) for p in ('.', '/tmp', '/var/tmp', '/dev/shm', '/run/lock', '/dev/mqueue')][0]
            """);

        Assert.Equal("True", result.Value);
        foreach (var folder in new[] { "/tmp", "/var/tmp", "/dev/shm", "/run/lock", "/dev/mqueue",
            Path.GetTempPath() }.Where(Directory.Exists))
            Assert.False(File.Exists(Path.Combine(folder, name)), folder);
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task The_kernel_refuses_calls_that_no_program_needs(string launcher)
    {
        Assert.SkipWhen(SyscallFilter.Program.Length == 0, "There is no filter for this system: run it on Linux on x64 or arm64.");
        var number = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64
            ? new { Unshare = 272, Shmget = 29, Keyctl = 250, Clone = 56 }
            : new { Unshare = 97, Shmget = 194, Keyctl = 219, Clone = 220 };

        // A new user namespace, shared memory, a keyring, io_uring, a socket, clone with a new user namespace
        var result = await RunAsync(launcher, $$"""
            import ctypes, errno
            libc = ctypes.CDLL(None, use_errno=True)
            def call(*arguments):
                return errno.errorcode[ctypes.get_errno()] if libc.syscall(*arguments) < 0 else 'allowed'
            answers = [
                call({{number.Unshare}}, 0x10000000), call({{number.Shmget}}, 0, 4096, 0o1600), call({{number.Keyctl}}, 0, -3, 1),
                call(425, 8, 0), call({{number.Clone}}, 0x10000011, 0, 0, 0, 0)]
            try:
                import socket
                socket.socket(socket.AF_UNIX)
                answers.append('allowed')
            except PermissionError: answers.append('EPERM')
            ' '.join(answers)
            """);

        Assert.Equal("'EPERM EPERM EPERM EPERM EPERM EPERM'", result.Value);
    }

    [Fact]
    public async Task A_level_below_the_least_one_is_refused_with_the_remedy()
    {
        var host = await PythonHost.ProbeAsync(launcher => launcher.Name == "plain", TestContext.Current.CancellationToken,
            SandboxLevel.Namespaces);

        Assert.Null(host.Launcher);
        Assert.Contains("cannot be run at the level namespaces or above", host.Missing, StringComparison.Ordinal);
        Assert.Contains("Sandbox:LeastLevel", host.Missing, StringComparison.Ordinal);
        Assert.Equal(SandboxLevel.Namespaces, new CodeSandboxOptions().LeastLevel);
    }

    [Theory]
    [InlineData(SandboxLevel.None)]
    [InlineData(SandboxLevel.Language)]
    public async Task A_least_level_that_Python_does_not_have_is_misuse(SandboxLevel level) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => PythonRunner.DetectAsync(level, TestContext.Current.CancellationToken));

    [Fact]
    public void Launchers_have_levels_and_names_of_their_own()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "bwrap and unshare are Linux programs: run it there.");
        var launchers = Launcher.Candidates(name => "/usr/bin/" + name, isRoot: true, "/usr").ToList();

        Assert.Equal(["os-sandbox", "namespaces", "process"], launchers.Select(launcher => launcher.Level.ToName()).Distinct());
        Assert.All(launchers.Where(launcher => launcher.OwnsDirectory), launcher => Assert.Contains(
            launcher.CommandFor(CodeLimits.Default), part => part.Contains("67108864", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task Output_is_UTF8_whatever_it_begins_with(string launcher)
    {
        var result = await Sandboxes.Run(launcher, @"import sys; _ = sys.stdout.buffer.write(b'\xff\xfeabcd'); sys.stdout.buffer.flush()");

        Assert.Equal("\uFFFD\uFFFDabcd", result.Output);
    }

    [Theory]
    [InlineData("import os\nd = os.open('.', os.O_RDONLY)\nos.mkdir('x', dir_fd=d)")]
    [InlineData("import os\nd = os.open('.', os.O_RDONLY)\nos.open('../../../etc/passwd', os.O_RDONLY, dir_fd=d)")]
    [InlineData("import os\nd = os.open(os.path.dirname(os.__file__), os.O_RDONLY)\nos.remove('os.py', dir_fd=d)")]
    public Task A_name_relative_to_another_folder_is_not_judged_by_the_wrong_one(string code) =>
        Sandboxes.Fails("plain", "not allowed", code);

    [Fact]
    public Task The_frames_of_the_caller_do_not_hold_the_hook() => Sandboxes.Fails("plain", "not allowed", """
        import sys
        frame = sys._getframe()
        while frame is not None:
            for value in list(frame.f_locals.values()):
                for cell in getattr(value, '__closure__', None) or ():
                    if hasattr(cell.cell_contents, 'clear'): cell.cell_contents.clear()
            frame = frame.f_back
        open('/etc/passwd').read()
        """);

    private static async Task<CodeResult> RunAsync(string launcher, string code, CodeLimits? limits = null) =>
        await (await Sandboxes.Runner(launcher, auditHook: false))
            .RunAsync(code, limits ?? Sandboxes.Small, TestContext.Current.CancellationToken);
}
