using System.Globalization;
using CognitiveTools.Cli.Configuration;
using CognitiveTools.Cli.Workers;
using CognitiveTools.Code;
using CognitiveTools.Sandbox.Hosting;
using Microsoft.Extensions.Configuration;

namespace CognitiveTools.Cli.Hosting;

/// <summary>The sandbox of the commands: JavaScript in a process of its own, Python at the level that the settings demand.</summary>
internal static class CodeSettings
{
    /// <summary>The options, from settings whose form was checked when they were read.</summary>
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
        if (configuration[SettingTable.SandboxLeastLevel] is { Length: > 0 } level)
            options.LeastLevel = Enum.GetValues<SandboxLevel>().First(known => HasName(known, level));
        if (configuration[SettingTable.SandboxConcurrentRuns] is { Length: > 0 } runs)
            options.ConcurrentRuns = int.Parse(runs, CultureInfo.InvariantCulture);

        static bool HasName(SandboxLevel level, string name) => string.Equals(level.ToName(), name, StringComparison.OrdinalIgnoreCase);
    }
}
