using CognitiveTools.Code;
using CognitiveTools.Text;

namespace CognitiveTools.Sandbox.Python;

/// <summary>The Python program that sets the limits and then runs the model's program.</summary>
internal static class PythonPrelude
{
    public static string Source { get; } = Read();

    public static string Arguments(CodeLimits limits, bool auditHook) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("cpuSeconds", (long)Math.Ceiling(limits.WallTime.TotalSeconds));
        json.WriteNumber("memoryBytes", limits.MemoryBytes);
        json.WriteNumber("fileBytes", limits.FileBytes);
        json.WriteNumber("recursionDepth", limits.RecursionDepth);
        json.WriteNumber("outputCharacters", limits.OutputCharacters);
        json.WriteBoolean("auditHook", auditHook);
        json.WriteString("syscallFilter", Convert.ToHexStringLower(SyscallFilter.Program));
        json.WriteEndObject();
    });

    private static string Read()
    {
        using var stream = typeof(PythonPrelude).Assembly.GetManifestResourceStream("prelude.py")
            ?? throw new InvalidOperationException("The resource prelude.py is missing from the assembly; rebuild CognitiveTools.Sandbox.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
