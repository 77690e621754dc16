using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.Tests.Python;

/// <summary>Programs that try to leave their process, or to take more than they were given; under every launcher.</summary>
public sealed class PythonEscapeTests
{
    public static TheoryData<string> Launchers => ["bwrap", "unshare", "plain"];

    public static TheoryData<string> WithoutNetwork => ["bwrap", "unshare"];

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task The_environment_holds_no_secrets(string launcher) =>
        Assert.DoesNotContain("PATH", await Sandboxes.Value(launcher, "import os\nsorted(os.environ)"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task The_program_is_never_root(string launcher) =>
        Assert.Equal("False", await Sandboxes.Value(launcher, "import os\n0 in (os.getuid(), os.geteuid(), os.getgid())"));

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_file_outside_is_not_read(string launcher) => Sandboxes.Fails(launcher, "not allowed", "open('/etc/passwd').read()");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_file_outside_is_not_read_through_a_link(string launcher) =>
        Sandboxes.Fails(launcher, "not allowed", "import os\nos.symlink('/etc/passwd', 'l')\nopen('l').read()");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_file_outside_is_not_read_by_climbing(string launcher) =>
        Sandboxes.Fails(launcher, "not allowed", "open('../../../../../../etc/passwd').read()");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_file_outside_is_not_written(string launcher) => Sandboxes.Fails(launcher, "not allowed", "open('/var/tmp/escaped', 'w')");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_folder_outside_is_not_listed(string launcher) =>
        Sandboxes.Fails(launcher, "not allowed", "import os\nos.listdir('/home')");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_file_outside_is_not_removed(string launcher) =>
        Sandboxes.Fails(launcher, "not allowed", "import os\nos.remove('/etc/passwd')");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task The_hosts_environment_is_not_read_through_proc(string launcher) =>
        Sandboxes.Fails(launcher, "not allowed", "import os\nopen(f'/proc/{os.getppid()}/environ').read()");

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task A_file_of_its_own_is_written_and_gone_in_the_next_run(string launcher)
    {
        Assert.Equal("'x'", await Sandboxes.Value(launcher, "open('f', 'w').write('x')\nopen('f').read()"));
        Assert.Equal("[]", await Sandboxes.Value(launcher, "import os\nos.listdir('.')"));
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_file_does_not_fill_the_disk(string launcher) =>
        Sandboxes.HitsLimit(launcher, LimitNames.FileSize, "with open('f', 'wb', buffering=0) as f:\n    while True: f.write(b'x' * 1024)");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_socket_is_not_opened(string launcher) =>
        Sandboxes.Fails(launcher, "not allowed", "import socket\nsocket.create_connection(('127.0.0.1', 80), 1)");

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task A_listening_host_is_out_of_reach_even_without_the_audit_hook(string launcher)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var result = await RunWithoutHook(launcher, $"""
            try:
                s = socket.socket()
                s.connect(('127.0.0.1', {port}))
                answer = 'connected'
            except OSError as e:
                answer = 'refused'
            """);

        Assert.Equal("'refused'", result.Value);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task The_hosts_files_do_not_exist_under_bwrap_even_without_the_audit_hook()
    {
        var result = await RunWithoutHook("bwrap", "answer = [os.path.exists(p) for p in ('/etc/passwd', '/root', '/home', '/var')]");

        Assert.Equal("[False, False, False, False]", result.Value);
    }

    [Theory]
    [MemberData(nameof(WithoutNetwork))]
    public async Task The_hosts_processes_are_not_seen_even_without_the_audit_hook(string launcher)
    {
        var result = await RunWithoutHook(launcher, """
            try: answer = max(int(p) for p in os.listdir('/proc') if p.isdigit()) < 20
            except PermissionError: answer = True
            """);

        Assert.Equal("True", result.Value);
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task A_fork_fails_in_the_kernel_even_without_the_audit_hook(string launcher)
    {
        var result = await RunWithoutHook(launcher, """
            try:
                answer = 'forked' if os.fork() else os._exit(0)
            except OSError as e:
                answer = e.errno
            """);

        Assert.Equal("11", result.Value);
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_fork_bomb_does_not_start(string launcher) => Sandboxes.Fails(launcher, "not allowed", "import os\nwhile True: os.fork()");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_thread_bomb_does_not_start(string launcher) =>
        Sandboxes.Fails(launcher, "can't start new thread",
            "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(60,)).start()");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_shell_is_not_started(string launcher) => Sandboxes.Fails(launcher, "not allowed", "import os\nos.system('id')");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_subprocess_is_not_started(string launcher) =>
        Sandboxes.Fails(launcher, "not allowed", "import subprocess\nsubprocess.run(['id'])");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task Another_program_does_not_take_the_processs_place(string launcher) =>
        Sandboxes.Fails(launcher, "not allowed", "import os\nos.execv('/bin/sh', ['sh', '-c', 'id'])");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task A_signal_is_not_sent(string launcher) => Sandboxes.Fails(launcher, "not allowed", "import os\nos.kill(os.getppid(), 9)");

    [Theory]
    [MemberData(nameof(Launchers))]
    public Task Foreign_functions_are_not_loaded(string launcher) =>
        Sandboxes.Fails(launcher, "not allowed", "import ctypes\nctypes.CDLL(None)");

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task No_grandchild_is_alive_after_the_time_limit_even_without_the_audit_hook(string launcher)
    {
        var result = await RunWithoutHook(launcher, """
            import signal, time
            for s in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT): signal.signal(s, signal.SIG_IGN)
            for _ in range(3):
                try:
                    if os.fork() == 0:
                        os.setsid()
                except OSError: pass
            time.sleep(1000)
            answer = 'woke'
            """, Sandboxes.Short with { FileBytes = UniqueSize(launcher) });

        Assert.Equal(LimitNames.Time, result.Limit);
        Assert.DoesNotContain(CommandLines(), c => c.Contains($"\"fileBytes\":{UniqueSize(launcher)},", StringComparison.Ordinal));
    }

    // The limits are on the process's command line, so an unusual one finds it again.
    private static long UniqueSize(string launcher) => (Environment.ProcessId * 10L) + launcher.Length;

    private static IEnumerable<string> CommandLines()
    {
        if (!Directory.Exists("/proc"))
            Assert.Skip("To run it: use Linux, which lists its processes in /proc.");
        foreach (var folder in Directory.GetDirectories("/proc").Where(
            d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out _)))
        {
            string text;
            try
            {
                text = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (IOException)
            {
                continue;
            }

            yield return text;
        }
    }

    // The hook can be got around from inside the interpreter; without it, only the kernel's limits are left to hold.
    private static async Task<CodeResult> RunWithoutHook(string launcher, string body, CodeLimits? limits = null)
    {
        var runner = await Sandboxes.Runner(launcher, auditHook: false);
        return await runner.RunAsync($"import os, socket\n{body}\nanswer", limits
            ?? Sandboxes.Small, TestContext.Current.CancellationToken);
    }
}
