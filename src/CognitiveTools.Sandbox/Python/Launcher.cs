using System.Globalization;
using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.Python;

/// <summary>A way to start the interpreter: the command in front of it, and what that command protects.</summary>
/// <param name="Name">The name that is printed: <c>bwrap</c>, <c>unshare</c> or <c>plain</c>.</param>
/// <param name="Level">The level that the command gives.</param>
/// <param name="Protection">What holds, in words for a log.</param>
/// <param name="Command">The command and its arguments, up to the interpreter; empty when there is none.</param>
/// <param name="OwnsDirectory">Whether the command brings a private directory, so that the host need not make one.</param>
internal sealed record Launcher(string Name, SandboxLevel Level, string Protection, IReadOnlyList<string> Command, bool OwnsDirectory)
{
    // nobody: an account without files. Root is exempt from the limit on processes, so a root host never runs code as root.
    private const string Nobody = "65534";

    // Stands in a command for the size of a file system in memory.
    private const string Size = "{bytes}";

    // The writable folders of a system are covered by empty file systems of a size, which are gone with the namespace; one of them is
    // the working directory. Then the account is an ordinary one again, without the rights that mounting took.
    private const string CoverAndRun = "for d in /tmp /var/tmp /dev/shm; do [ ! -d $d ] || mount -t tmpfs -o size=" + Size
        + ",nr_inodes=4096,mode=700,nosuid,nodev tmpfs $d || exit 125; done; cd /tmp && exec \"$@\"";

    private static readonly string[] SystemFolders = ["/usr", "/lib", "/lib32", "/lib64", "/nix/store"];

    /// <summary>The command for a run.</summary>
    public IEnumerable<string> CommandFor(CodeLimits limits)
    {
        var bytes = limits.MemoryBytes.ToString(CultureInfo.InvariantCulture);
        return Command.Select(part => part.Replace(Size, bytes, StringComparison.Ordinal));
    }

    /// <summary>The launchers this host may have, strongest first. Whether one works is only known by running it.</summary>
    /// <param name="tools">Finds a program on this host, or gives <see langword="null"/>.</param>
    /// <param name="isRoot">Whether this process runs as root.</param>
    /// <param name="pythonFolder">The folder the interpreter is installed in.</param>
    public static IEnumerable<Launcher> Candidates(Func<string, string?> tools, bool isRoot, string pythonFolder)
    {
        var setpriv = OperatingSystem.IsLinux() ? tools("setpriv") : null;
        if (isRoot && setpriv is null)
            yield break;

        string[] dropRoot = isRoot ? [setpriv!, "--reuid", Nobody, "--regid", Nobody, "--clear-groups"] : [];
        string[] noGain = (isRoot, setpriv) switch
        {
            (true, _) => [.. dropRoot, "--no-new-privs"],
            (false, not null) => [setpriv, "--no-new-privs"],
            _ => [],
        };
        var account = isRoot ? ", account nobody" : "";

        if (OperatingSystem.IsLinux() && tools("bwrap") is { } bwrap)
        {
            foreach (string[] closed in new string[][] { ["--unshare-user", "--disable-userns"], [] }) // versions before 0.8 lack it
            {
                yield return new("bwrap", SandboxLevel.OsSandbox,
                    "bwrap: no network, own processes, system folders read-only, no other files, a sized /tmp" + account,
                    [.. dropRoot, bwrap, .. closed, .. BubblewrapArguments(pythonFolder)], OwnsDirectory: true);
            }
        }

        if (OperatingSystem.IsLinux() && tools("unshare") is { } unshare)
        {
            yield return new("unshare", SandboxLevel.Namespaces,
                "unshare: no network, own processes, a sized /tmp; other files its user may read stay readable" + account,
                [
                    .. noGain, unshare, "--user", "--map-root-user", "--net", "--pid", "--ipc", "--uts", "--mount", "--mount-proc",
                        "--fork", "--kill-child", "--",
                    "/bin/sh", "-c", CoverAndRun, "sh", unshare, "--user", "--map-user=" + Nobody, "--map-group=" + Nobody, "--",
                ],
                OwnsDirectory: true);
        }

        yield return new("plain", SandboxLevel.Process,
            "process: resource limits only; files its user may read or write stay open" + account, noGain, OwnsDirectory: false);
    }

    private static string[] BubblewrapArguments(string pythonFolder) =>
    [
        "--unshare-all", "--die-with-parent", "--new-session", "--uid", Nobody, "--gid", Nobody, "--hostname", "sandbox",
        .. SystemFolders.SelectMany(f => new[] { "--ro-bind-try", f, f }),
        "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache",
        .. pythonFolder.StartsWith("/usr", StringComparison.Ordinal) ? Array.Empty<string>() : ["--ro-bind", pythonFolder, pythonFolder],
        "--proc", "/proc", "--dev", "/dev", "--size", Size, "--tmpfs", "/tmp", "--remount-ro", "/dev", "--remount-ro", "/", "--chdir",
            "/tmp", "--",
    ];
}
