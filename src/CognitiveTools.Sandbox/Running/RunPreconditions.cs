using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.Running;

/// <summary>What every runner checks before a program runs.</summary>
internal static class RunPreconditions
{
    /// <exception cref="ArgumentNullException">The program or its limits are missing.</exception>
    /// <exception cref="OperationCanceledException">The caller has cancelled.</exception>
    public static void Check(string code, CodeLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(limits);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <returns>The result of a program that is too long; <see langword="null"/> for one that may run.</returns>
    public static CodeResult? RefuseTooLong(string code, CodeLimits limits, SandboxLevel level) =>
        code.Length <= limits.SourceCharacters
            ? null
            : new CodeResult
            {
                Outcome = CodeOutcome.LimitHit,
                Level = level,
                Limit = LimitNames.Source,
                Reason = $"The program has {code.Length} characters; at most {limits.SourceCharacters} are accepted.",
            };
}
