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

    /// <summary>A separate process without network, in namespaces of its own.</summary>
    OsSandbox,
}
