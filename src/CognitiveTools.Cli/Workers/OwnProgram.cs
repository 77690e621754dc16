using System.Reflection;

namespace CognitiveTools.Cli.Workers;

/// <summary>This program, to be started again.</summary>
internal static class OwnProgram
{
    /// <summary>A program with arguments; <see langword="null"/> when this process is another program.</summary>
    /// <param name="program">The assembly of the program's <c>Main</c>.</param>
    /// <param name="arguments">What it is to do.</param>
    public static IReadOnlyList<string>? With(Assembly program, params ReadOnlySpan<string> arguments)
    {
        // Another program that has this one as a library is not started: it would not know the command.
        if (Environment.ProcessPath is not { } own || Assembly.GetEntryAssembly() != program)
            return null;
        var isDotnet = string.Equals(Path.GetFileNameWithoutExtension(own), "dotnet", StringComparison.OrdinalIgnoreCase);
        return isDotnet ? [own, program.Location, .. arguments] : [own, .. arguments];
    }
}
