using System.Globalization;
using System.Runtime.InteropServices;

namespace CognitiveTools.Evals.Runs;

/// <summary>What a header records about the machine, with the facts that the host of the run adds.</summary>
internal static class HostFacts
{
    /// <summary>System, runtime and cores, and the host's own facts, which win over facts of the same name.</summary>
    public static IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string> added)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["system"] = RuntimeInformation.OSDescription,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in added)
            facts[name] = value;
        return facts;
    }
}
