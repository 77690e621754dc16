using System.Reflection;

namespace CognitiveTools.Cli.Workers;

/// <summary>Starts this program again.</summary>
internal static class OwnProgram
{
    /// <summary>A program with arguments; <see langword="null"/> when this process is another program.</summary>
    /// <param name="program">The assembly of the program's <c>Main</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    public static IReadOnlyList<string>? With(Assembly program, params ReadOnlySpan<string> arguments)
    {
        // Another program that uses this one as a library does not know the command, so it is not started.
        if (Environment.ProcessPath is not { } own || Assembly.GetEntryAssembly() != program)
            return null;
        var isDotnet = string.Equals(Path.GetFileNameWithoutExtension(own), "dotnet", StringComparison.OrdinalIgnoreCase);
        return isDotnet ? [own, program.Location, .. arguments] : [own, .. arguments];
    }
}
