using CognitiveTools.Code;
using CognitiveTools.Tools;

namespace CognitiveTools.Calls;

/// <summary>
/// The second half of a tool that runs code (<see cref="CognitiveTool.Runs"/>): the model has written a program, and it is
/// run. Program and outcome are the tool's output, as in the paper's <c>use_code</c> (arXiv 2506.12115).
/// </summary>
internal static class CodeTool
{
    private const string Register = "Call services.AddCodeSandbox() of CognitiveTools.Sandbox";

    /// <summary>The runner that a tool needs, or the words that refuse a call of it.</summary>
    public static async ValueTask<(ICodeRunner? Runner, string? Refusal)> RunnerAsync(CognitiveTool tool, ICodeSandbox? sandbox,
        CancellationToken cancellationToken)
    {
        if (sandbox is null)
            return (null, $"{tool.Name} runs {tool.Runs}, and this host has no sandbox. {Register}.");
        var runner = await sandbox.FindAsync(tool.Runs!, cancellationToken);
        if (runner is null)
            return (null,
                $"{tool.Name} runs {tool.Runs}, and the host's sandbox knows only: {string.Join(", ", sandbox.Languages)}. {Register}, or "
                + "change the tool's key 'runs'.");
        return runner.Level == SandboxLevel.None ? (null, runner.Protection) : (runner, null);
    }

    /// <summary>What is wrong with the text as the output of a tool that runs code; <see langword="null"/> when a program can be
    /// run.</summary>
    public static string? Breach(string language, CodeBlock? block) => block switch
    {
        null => "there is no code block",
        { Source: var source } when string.IsNullOrWhiteSpace(source) => "the code block is empty",
        { Language: "" } => null,
        { Language: var written } when written != language => $"the code block is {written}, but this tool runs {language}",
        _ => null,
    };

    /// <summary>Runs the program.</summary>
    /// <returns>The observation, and what the log says about the run.</returns>
    public static async Task<(string Text, string Note, CodeOutcome Outcome)> RunAsync(
        ICodeRunner runner, CodeBlock block, TimeSpan timeLeft, CancellationToken cancellationToken)
    {
        var limits = CodeLimits.Default;
        if (timeLeft < limits.WallTime)
            limits = limits with { WallTime = TimeSpan.FromMilliseconds(Math.Max(1, timeLeft.TotalMilliseconds)) };
        var result = await runner.RunAsync(block.Source, limits, cancellationToken);
        var outcome = result.Outcome == CodeOutcome.LimitHit ? $"stopped at the {result.Limit} limit"
            : result.Outcome.ToString().ToLowerInvariant();
        if (result.Outcome == CodeOutcome.Refused)
            return (
                result.Reason ?? "the sandbox refused the program",
                $"{runner.Language} at sandbox level {result.Level.ToName()}: refused",
                result.Outcome);
        return ($"Code:\n```{runner.Language}\n{block.Source.TrimEnd()}\n```\nExecution output:\n{result.Describe()}",
            $"{runner.Language} at sandbox level {result.Level.ToName()}: {outcome}", result.Outcome);
    }
}
