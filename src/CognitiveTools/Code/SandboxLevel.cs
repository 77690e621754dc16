namespace CognitiveTools.Code;

/// <summary>
/// How model-written code is kept from the host, weakest first. Every <see cref="CodeResult"/> names the level that was
/// in force; <c>docs/sandbox.md</c> says what each level does not protect.
/// </summary>
public enum SandboxLevel
{
    /// <summary>Nothing keeps the code apart: no code was run.</summary>
    None,

    /// <summary>An interpreter inside this process that offers no way to files, network or .NET types.</summary>
    Language,

    /// <summary>A separate process with resource limits. The operating system still lets it see what its user sees.</summary>
    Process,

    /// <summary>A separate process without network, in namespaces of its own; the host's files stay readable as far as its user may read
    /// them.</summary>
    Namespaces,

    /// <summary>As <see cref="Namespaces"/>, and without the host's files.</summary>
    OsSandbox,
}
