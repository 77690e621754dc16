using CognitiveTools.Code;
using CognitiveTools.Tools;

namespace CognitiveTools.Calls;

/// <summary>
/// Runs the program that a model wrote for a tool that runs code (<see cref="CognitiveTool.Runs"/>). Program and outcome are the
/// tool's output, as in the paper's <c>use_code</c> (arXiv 2506.12115).
/// </summary>
internal static class CodeTool
{
    /// <summary>The part of <see cref="Register"/> for the writer of an app.</summary>
    public const string ForApps = "; in an app, call services.AddCodeSandbox() of CognitiveTools.Sandbox";

    /// <summary>How a host comes to a sandbox.</summary>
    public const string Register = "This host has no sandbox. Start cogtools serve with --allow-code" + ForApps + ".";

    /// <summary>The runner that a tool needs, or why the call is refused.</summary>
    public static async ValueTask<(ICodeRunner? Runner, string? Refusal)> RunnerAsync(
        CognitiveTool tool, ICodeSandbox? sandbox, CancellationToken cancellationToken)
    {
        if (sandbox is null)
            return (null, $"{tool.Name} runs {tool.Runs}. {Register}");
        var runner = await sandbox.FindAsync(tool.Runs!, cancellationToken);
        if (runner is null)
        {
            var known = string.Join(", ", sandbox.Languages);
            return (
                null,
                $"{tool.Name} runs {tool.Runs}, and the host's sandbox knows only: {known}. Change the tool's key 'runs', or register "
                    + "an ICodeSandbox that knows it.");
        }

        return runner.Level == SandboxLevel.None ? (null, runner.Protection) : (runner, null);
    }

    /// <summary>
    /// Why the output of a tool that runs code holds no program to run; <see langword="null"/> when it holds one.
    /// </summary>
    public static string? Breach(string language, CodeBlock? block) => block switch
    {
        null => "there is no code block",
        { Source: var source } when string.IsNullOrWhiteSpace(source) => "the code block is empty",
        { Language: "" } => null,
        { Language: var written } when written != language => $"the code block is {written}, but this tool runs {language}",
        _ => null,
    };

    /// <summary>Runs the program.</summary>
    /// <returns>The observation, and a note for the log.</returns>
    public static async Task<(string Text, string Note, CodeOutcome Outcome)> RunAsync(
        ICodeRunner runner, CodeBlock block, TimeSpan timeLeft, CancellationToken cancellationToken)
    {
        var limits = CodeLimits.Default;
        if (timeLeft < limits.WallTime)
            limits = limits with { WallTime = TimeSpan.FromMilliseconds(Math.Max(1, timeLeft.TotalMilliseconds)) };
        var result = await runner.RunAsync(block.Source, limits, cancellationToken);
        var outcome = result.Outcome == CodeOutcome.LimitHit
            ? $"stopped at the {result.Limit} limit"
            : result.Outcome.ToString().ToLowerInvariant();
        var note = $"{runner.Language} at sandbox level {result.Level.ToName()}: {outcome}";
        var text = result.Outcome == CodeOutcome.Refused
            ? result.Reason ?? "the sandbox refused the program"
            : $"Code:\n```{runner.Language}\n{block.Source.TrimEnd()}\n```\nExecution output:\n{result.Describe()}";
        return (text, note, result.Outcome);
    }
}
