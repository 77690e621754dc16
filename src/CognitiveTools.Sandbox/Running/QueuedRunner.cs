using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.Running;

/// <summary>Runs so many programs at once and lets the others wait, so that many callers together have a limit too. Thread-safe.</summary>
internal sealed class QueuedRunner(ICodeRunner runner, SemaphoreSlim places) : ICodeRunner
{
    public string Language => runner.Language;

    public SandboxLevel Level => runner.Level;

    public string Protection => runner.Protection;

    public async ValueTask<CodeResult> RunAsync(string code, CodeLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (!await places.WaitAsync(limits.WallTime, cancellationToken))
            return new CodeResult
            {
                Outcome = CodeOutcome.LimitHit,
                Level = Level,
                Limit = LimitNames.Time,
                Reason = $"other programs ran for all of the {limits.WallTime.TotalSeconds} s that this one had; it was not run."
            };
        try
        {
            return await runner.RunAsync(code, limits, cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }
}
