using System.Diagnostics;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>A member as a process, which ends with this one.</summary>
internal sealed class MemberProcess : IDisposable
{
    private readonly Process _process;

    private MemberProcess(Process process, MemberOptions options) => (_process, Options) = (process, options);

    public MemberOptions Options { get; }

    public int Id => _process.Id;

    /// <summary>Starts a member.</summary>
    /// <param name="program">The program that runs <see cref="Member"/>, and its arguments before the options.</param>
    /// <param name="options">The options.</param>
    public static MemberProcess Start(IReadOnlyList<string> program, MemberOptions options)
    {
        string[] arguments = [.. program.Skip(1), options.ToArgument()];
        var process = Process.Start(new ProcessStartInfo(program[0], arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"{program[0]} could not be started.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new MemberProcess(process, options);
    }

    /// <summary>Kills it at once (SIGKILL).</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
