using System.Diagnostics;
using System.Text.RegularExpressions;
using CognitiveTools.Code;
using CognitiveTools.Sandbox.Running;
using CognitiveTools.Text;
using Jint;
using Jint.Constraints;
using Jint.Native.Object;
using Jint.Runtime;

namespace CognitiveTools.Sandbox.JavaScript;

/// <summary>One program in one engine, from start to <see cref="CodeResult"/>.</summary>
internal sealed class ScriptRun(string code, CodeLimits limits)
{
    private readonly CappedOutput _output = new(limits.OutputCharacters);
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Runs the program on the current thread.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public CodeResult Execute(CancellationToken cancellationToken)
    {
        // One deadline for all entries into the engine, because Jint restarts its simple time limit at each of them.
        var deadline = new OperationDeadlineConstraint();
        using var memory = new LiveMemoryConstraint(limits.MemoryBytes);
        try
        {
            deadline.Begin(limits.WallTime, cancellationToken);
            using var engine = ScriptEngine.Create(limits, deadline, memory);
            var (show, settle) = ScriptEngine.RunPrelude(engine, limits, Write);
            var box = engine.Invoke(settle, engine.Evaluate(code, "program.js")).AsObject();
            engine.Advanced.ProcessTasks();
            var state = box.Get("state").AsString();
            var value = box.Get("value");
            var text = value.IsUndefined() ? null : engine.Invoke(show, value).AsString();
            return state switch
            {
                "fulfilled" => Completed(text),
                "rejected" => Failed($"A promise was rejected: {text}", line: null),
                _ => Completed("Promise (pending)"),
            };
        }
        catch (Exception e) when (e is OperationCanceledException or ExecutionCanceledException)
        {
            throw new OperationCanceledException("The run of the program was cancelled.", e, cancellationToken);
        }
        catch (OutputFloodException)
        {
            return Hit(LimitNames.Output, $"the program wrote more than {limits.OutputCharacters} x {CodeLimits.FloodFactor} characters.");
        }
        catch (StatementsCountOverflowException)
        {
            return Hit(LimitNames.Statements, $"more than {limits.Statements} statements were executed.");
        }
        catch (Exception e) when (e is MemoryLimitExceededException or OutOfMemoryException)
        {
            return Hit(LimitNames.Memory,
                $"{e.Message} At most {limits.MemoryBytes} bytes, {limits.AllocatedBytes} bytes in all and {limits.ArrayLength} array "
                + "elements may be used.");
        }
        catch (Exception e) when (e is RecursionDepthOverflowException or InsufficientExecutionStackException)
        {
            return Hit(LimitNames.Recursion,
                $"calls are nested more than {limits.RecursionDepth} deep, or the program's text is nested too deep.");
        }
        catch (RegexMatchTimeoutException)
        {
            return Hit(LimitNames.Regex, $"a regular expression searched for more than {limits.RegexTime.TotalSeconds} s.");
        }
        catch (TimeoutException)
        {
            return TimedOut();
        }
        catch (JavaScriptException e) when (e.Message.StartsWith("Maximum call stack", StringComparison.Ordinal))
        {
            return Hit(LimitNames.Recursion, "the interpreter's stack is used up.");
        }
        catch (JavaScriptException e)
        {
            return Failed(Named(e), Line(e.Location));
        }
        catch (Exception e)
        {
            // The code is hostile and the interpreter large: any other exception is a failed run, not a failed host.
            return Failed(FailureWords.Of(e), line: null);
        }
    }

    /// <summary>The result of a run that was not stopped in time.</summary>
    public CodeResult TimedOut() => Hit(LimitNames.Time, $"the program ran for more than {limits.WallTime.TotalSeconds} s.");

    private void Write(string text)
    {
        if (!_output.Append(text))
            throw new OutputFloodException();
    }

    private CodeResult Completed(string? value)
    {
        var (text, cut) = value is null ? (null, false) : CappedOutput.Cap(value, limits.OutputCharacters);
        return End(CodeOutcome.Completed) with { Value = text, OutputCut = cut || _output.IsCut };
    }

    private CodeResult Failed(string message, int? line) =>
        End(CodeOutcome.Failed) with { Reason = CappedOutput.Cap(message, limits.OutputCharacters).Text, Line = line };

    private CodeResult Hit(string limit, string reason) => End(CodeOutcome.LimitHit) with { Limit = limit, Reason = reason };

    private CodeResult End(CodeOutcome outcome) => new()
    {
        Outcome = outcome,
        Level = SandboxLevel.Language,
        Output = _output.ToString(),
        OutputCut = _output.IsCut,
        Elapsed = Stopwatch.GetElapsedTime(_start),
    };

    private static string Named(JavaScriptException e)
    {
        try
        {
            return e.Error is ObjectInstance error && error.Get("name") is { } name && name.IsString() ? $"{name}: {e.Message}" : e.Message;
        }
        catch (Exception)
        {
            // The name may be an accessor of the program; the error is then reported without its name.
            return e.Message;
        }
    }

    private static int? Line(in Acornima.SourceLocation location) => location.Start.Line > 0 ? location.Start.Line : null;
}
