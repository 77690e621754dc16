using System.Globalization;
using CognitiveTools.Cli.Workers;
using CognitiveTools.Code;
using CognitiveTools.Sandbox.Hosting;
using Microsoft.Extensions.Configuration;

namespace CognitiveTools.Cli.Hosting;

/// <summary>The sandbox of the commands: JavaScript in a process of its own, Python at the level that the settings demand.</summary>
internal static class CodeSettings
{
    private const string LeastLevel = CodeSandboxOptions.Section + ":" + nameof(CodeSandboxOptions.LeastLevel);
    private const string ConcurrentRuns = CodeSandboxOptions.Section + ":" + nameof(CodeSandboxOptions.ConcurrentRuns);

    private static readonly SandboxLevel[] Levels = [SandboxLevel.Process, SandboxLevel.Namespaces, SandboxLevel.OsSandbox];

    /// <summary>The options.</summary>
    /// <exception cref="ArgumentException">A setting is not understood; the message names it.</exception>
    public static CodeSandboxOptions Read(IConfiguration configuration)
    {
        var options = new CodeSandboxOptions();
        Apply(options, configuration);
        return options;
    }

    /// <inheritdoc cref="Read"/>
    public static void Apply(CodeSandboxOptions options, IConfiguration configuration)
    {
        options.ScriptHost = ScriptCommand.Self;
        if (configuration[LeastLevel] is { Length: > 0 } level)
            options.LeastLevel = Array.Find(Levels, known => known.ToName() == level || string.Equals($"{known}", level, StringComparison.OrdinalIgnoreCase)) is var found and not SandboxLevel.None
                ? found
                : throw new ArgumentException($"The setting {LeastLevel} is '{level}'. Use one of {string.Join(", ", Levels.Select(known => known.ToName()))}.");
        if (configuration[ConcurrentRuns] is { Length: > 0 } runs)
            options.ConcurrentRuns = int.TryParse(runs, CultureInfo.InvariantCulture, out var count) && count > 0
                ? count
                : throw new ArgumentException($"The setting {ConcurrentRuns} is '{runs}'. Give a whole number above 0.");
    }
}
