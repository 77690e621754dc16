using System.Reflection;

namespace CognitiveTools.Cli.Workers;

/// <summary>This program, to be started again.</summary>
internal static class OwnProgram
{
    /// <summary>This program with arguments; <see langword="null"/> inside another program.</summary>
    /// <param name="arguments">What it is to do.</param>
    public static IReadOnlyList<string>? With(params ReadOnlySpan<string> arguments)
    {
        // Another program that has this one as a library is not started: it would not know the command.
        if (Environment.ProcessPath is not { } own || Assembly.GetEntryAssembly() != typeof(OwnProgram).Assembly)
            return null;
        var isDotnet = string.Equals(Path.GetFileNameWithoutExtension(own), "dotnet", StringComparison.OrdinalIgnoreCase);
        return isDotnet ? [own, typeof(OwnProgram).Assembly.Location, .. arguments] : [own, .. arguments];
    }
}
