using System.Globalization;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Code;
using CognitiveTools.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Eval;

/// <summary>What a run's header records about how its models run, for information; what decides results is in its facts.</summary>
internal static class HostRecord
{
    /// <summary>Prefix of the records that say how programs of a language are isolated.</summary>
    public const string Sandbox = "sandbox ";

    /// <summary>The record of what these llama.cpp libraries run slower than other builds.</summary>
    public const string Slower = "slower";

    /// <summary>Facts by name.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(ModelHost host, CancellationToken cancellationToken)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (host is { Endpoint: null, IsRecurrent: false })
        {
            facts["host"] = host.Worker is null ? "inprocess" : "process";
            var inspected = await host.InspectAsync(cancellationToken);
            facts["sequences"] = inspected.Sequences.ToString(CultureInfo.InvariantCulture);
            facts["cache"] = inspected.CacheLength.ToString(CultureInfo.InvariantCulture);
            if (inspected.ContextReason is { } reason)
                facts["context"] = $"{inspected.ContextLength} ({reason})";
            facts["natives"] = $"llama.cpp {inspected.Version}";
            if (inspected.Slower is { } slower)
                facts[Slower] = slower;
        }

        // Only for the languages that the host's tools run, because checking Python starts a process.
        var sandbox = host.Services.GetRequiredService<ICodeSandbox>();
        var tools = host.Services.GetRequiredService<ToolCatalog>().Tools;
        foreach (var language in tools.Select(t => t.Runs).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (await sandbox.FindAsync(language, cancellationToken) is { } runner)
                facts[Sandbox + language] = $"{runner.Level.ToName()}: {runner.Protection}";
        }

        return facts;
    }
}
