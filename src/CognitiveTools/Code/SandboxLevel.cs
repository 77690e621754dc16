namespace CognitiveTools.Code;

/// <summary>
/// How model-written code is isolated from the host, weakest first. Every <see cref="CodeResult"/> names its level;
/// <c>docs/sandbox.md</c> says what each level does not protect.
/// </summary>
public enum SandboxLevel
{
    /// <summary>No isolation: no code was run.</summary>
    None,

    /// <summary>An interpreter inside this process that offers no way to files, network or .NET types.</summary>
    Language,

    /// <summary>A separate process with resource limits. It can still read what its user may read.</summary>
    Process,

    /// <summary>
    /// A separate process without network, in namespaces of its own; it can still read the host's files that its user may read.
    /// </summary>
    Namespaces,

    /// <summary>As <see cref="Namespaces"/>, and without the host's files.</summary>
    OsSandbox,
}
