using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.Running;

/// <summary>The limit that is checked before anything runs.</summary>
internal static class SourceLimit
{
    public static CodeResult? Check(string code, CodeLimits limits, SandboxLevel level) =>
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
