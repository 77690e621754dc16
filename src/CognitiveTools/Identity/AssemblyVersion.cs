using System.Reflection;

namespace CognitiveTools.Identity;

/// <summary>The version of an assembly as its build recorded it, with the commit where the build knew it.</summary>
internal static class AssemblyVersion
{
    /// <summary>The informational version, or the assembly's own.</summary>
    public static string Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString() ?? "unknown";
    }

    /// <summary>Versions of the core and of these assemblies, by name.</summary>
    internal static IReadOnlyDictionary<string, string> OfAll(IEnumerable<Assembly> assemblies) => SortedFacts.Of(
        assemblies.Append(typeof(AssemblyVersion).Assembly).Distinct().Select(a => KeyValuePair.Create(a.GetName().Name ?? "", Of(a))));
}
