using CognitiveTools.Code;
using Jint;
using Jint.Constraints;
using Jint.Native;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace CognitiveTools.Sandbox.JavaScript;

/// <summary>Builds engines for untrusted programs: every limit Jint has is set here, by hand.</summary>
internal static class ScriptEngine
{
    private const int JsonDepth = 64;
    private static readonly TimeSpan PromiseTime = TimeSpan.FromMilliseconds(200);
    private static readonly string Prelude = ReadPrelude();

    public static Engine Create(CodeLimits limits, OperationDeadlineConstraint deadline, LiveMemoryConstraint memory) => new(options =>
    {
        options.Strict();
        options.MaxStatements(limits.Statements);
        options.LimitMemory(limits.AllocatedBytes);
        options.LimitRecursion(limits.RecursionDepth);
        options.Constraint(deadline);
        options.Constraint(memory);
        options.DisableStringCompilation();
        options.AgentCanSuspend = false;
        options.RetainFunctionSourceText = false;
        options.ExperimentalFeatures = ExperimentalFeature.None;
        options.Json.MaxParseDepth = JsonDepth;
        options.TimeZone = TimeZoneInfo.Utc;

        options.Constraints.StackOverflowGuard = true;
        options.Constraints.RegexTimeout = limits.RegexTime;
        options.Constraints.PromiseTimeout = PromiseTime;
        options.Constraints.MaxArraySize = (uint)limits.ArrayLength;
        options.Constraints.MaxAtomicsPauseIterations = 0;

        options.Interop.Enabled = false;
        options.Interop.AllowGetType = false;
        options.Interop.AllowSystemReflection = false;
        options.Interop.AllowWrite = false;
        options.Interop.AllowOperatorOverloading = false;
        options.Interop.ChainClrExceptionAsInnerException = false;
        options.Interop.AllowedAssemblies = [];
        options.Modules.RegisterRequire = false;
    });

    /// <summary>Installs print, console and the capped built-ins.</summary>
    /// <returns>The functions that show a value as text, and that await it.</returns>
    public static (JsValue Show, JsValue Settle) RunPrelude(Engine engine, CodeLimits limits, Action<string> write)
    {
        var install = engine.Evaluate(Prelude, "prelude.js");
        var writer = new ClrFunction(engine, "write", (_, arguments) =>
        {
            write(arguments[0].ToString());
            return JsValue.Undefined;
        });
        var stopper = new ClrFunction(engine, "stop",
            (_, _) => throw new MemoryLimitExceededException("One value is larger than the memory limit."));
        var functions = engine.Invoke(install, writer, stopper, limits.MemoryBytes).AsObject();
        return (functions.Get("show"), functions.Get("settle"));
    }

    private static string ReadPrelude()
    {
        using var stream = typeof(ScriptEngine).Assembly.GetManifestResourceStream("prelude.js")
            ?? throw new InvalidOperationException("The resource prelude.js is missing from the assembly; rebuild CognitiveTools.Sandbox.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
