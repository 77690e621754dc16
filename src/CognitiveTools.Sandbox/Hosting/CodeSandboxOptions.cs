using System.ComponentModel.DataAnnotations;
using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.Hosting;

/// <summary>What a host demands of the sandbox.</summary>
public sealed class CodeSandboxOptions
{
    /// <summary>
    /// The least level at which Python runs. Where the host cannot reach it, Python is refused with the remedy; nothing is
    /// weakened without a word. JavaScript has the level <see cref="SandboxLevel.Language"/> always.
    /// </summary>
    /// <value><see cref="SandboxLevel.Namespaces"/>; <see cref="SandboxLevel.Process"/> and <see cref="SandboxLevel.OsSandbox"/> are the
    /// others.</value>
    public SandboxLevel LeastLevel { get; set; } = SandboxLevel.Namespaces;

    /// <summary>
    /// A program and its arguments that run JavaScript in a process of its own, by calling <see cref="JavaScript.ScriptHost.RunAsync"/>:
    /// <c>cogtools javascript</c>, or a host's own. Only a process can be ended in the middle of a built-in function.
    /// </summary>
    /// <value><see langword="null"/>: JavaScript runs on a thread of this process.</value>
    public IReadOnlyList<string>? ScriptHost { get; set; }

    /// <summary>Programs that run at once; further ones wait, up to their own time limit. It bounds memory and processors of all runs
    /// together.</summary>
    /// <value>The number of processors.</value>
    [Range(1, 1024)]
    public int ConcurrentRuns { get; set; } = Environment.ProcessorCount;
}
