using CognitiveTools.Code;
using CognitiveTools.Sandbox.Running;

namespace CognitiveTools.Sandbox.JavaScript;

/// <summary>
/// Runs JavaScript in the Jint interpreter, inside this process and without any .NET object in reach. Offers <c>print</c>
/// and <c>console.log</c>, BigInt and the ECMAScript built-ins; <c>eval</c> and <c>Function</c> cannot compile strings.
/// </summary>
/// <remarks>
/// Each run has a new engine on a thread of its own, with a stack of known size. A built-in function that is in progress
/// cannot be interrupted: such a run is reported as <see cref="LimitNames.Time"/> on time, while its thread ends later; two of
/// them at once are allowed in a process. A runner with <see cref="Hosting.CodeSandboxOptions.ScriptHost"/> has no such rest.
/// </remarks>
public sealed class JavaScriptRunner : ICodeRunner
{
    private const int StackBytes = 16 << 20;

    // Of the process; more programs are refused until one of them has ended.
    private static readonly AbandonedRuns Unstoppable = new(2);

    private readonly AbandonedRuns _abandoned;

    // The engine looks at its deadline between statements; this is what one built-in may take longer.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Creates a runner.</summary>
    public JavaScriptRunner()
        : this(Unstoppable)
    {
    }

    internal JavaScriptRunner(AbandonedRuns abandoned) => _abandoned = abandoned;

    /// <inheritdoc/>
    public string Language => "javascript";

    /// <inheritdoc/>
    public SandboxLevel Level => SandboxLevel.Language;

    /// <inheritdoc/>
    public string Protection => "the Jint interpreter, inside this process: no files, network or .NET types in reach";

    /// <inheritdoc/>
    public async ValueTask<CodeResult> RunAsync(string code, CodeLimits limits, CancellationToken cancellationToken = default)
    {
        RunPreconditions.Check(code, limits, cancellationToken);
        if (RunPreconditions.RefuseTooLong(code, limits, Level) is { } tooLong)
            return tooLong;

        if (_abandoned.IsFull)
            return new CodeResult
            {
                Outcome = CodeOutcome.Refused,
                Level = Level,
                Reason = "Earlier programs are still in a built-in function that cannot be stopped. Wait until they end, or set "
                + "CodeSandboxOptions.ScriptHost, with which a program runs in a process that can be ended."
            };
        var run = new ScriptRun(code, limits);
        var ended = new TaskCompletionSource<CodeResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(run, ended, cancellationToken), StackBytes) { IsBackground = true, Name = "JavaScript run" };
        thread.Start();
        try
        {
            return await ended.Task.WaitAsync(limits.WallTime + Grace, cancellationToken);
        }
        catch (TimeoutException)
        {
            _abandoned.Add(ended.Task);
            return run.TimedOut();
        }
    }

    private static void Run(ScriptRun run, TaskCompletionSource<CodeResult> ended, CancellationToken cancellationToken)
    {
        try
        {
            ended.TrySetResult(run.Execute(cancellationToken));
        }
        catch (OperationCanceledException e)
        {
            ended.TrySetCanceled(e.CancellationToken);
        }
    }
}
