using System.ComponentModel.DataAnnotations;
using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.Hosting;

/// <summary>A host's requirements on the sandbox.</summary>
public sealed class CodeSandboxOptions
{
    /// <summary>
    /// The weakest level at which Python runs. If the host cannot provide it, Python is refused with a message that names the
    /// remedy. JavaScript always has the level <see cref="SandboxLevel.Language"/>.
    /// </summary>
    /// <value>
    /// <see cref="SandboxLevel.Namespaces"/>; <see cref="SandboxLevel.Process"/>
    /// and <see cref="SandboxLevel.OsSandbox"/> are the others.
    /// </value>
    public SandboxLevel LeastLevel { get; set; } = SandboxLevel.Namespaces;

    /// <summary>
    /// A program and its arguments that run JavaScript in a separate process by calling <see cref="JavaScript.ScriptHost.RunAsync"/>:
    /// <c>cogtools javascript</c>, or the host's own program. Only a process can be stopped in the middle of a built-in function.
    /// </summary>
    /// <value><see langword="null"/>: JavaScript runs on a thread of this process.</value>
    public IReadOnlyList<string>? ScriptHost { get; set; }

    /// <summary>
    /// The number of concurrent runs; others wait, up to their own time limit. It bounds the memory and processors of all runs together.
    /// </summary>
    /// <value>The number of processors.</value>
    [Range(1, 1024)]
    public int ConcurrentRuns { get; set; } = Environment.ProcessorCount;
}
