using CognitiveTools.Programs;

namespace CognitiveTools.Sandbox.Python;

/// <summary>A Python 3 interpreter of this host.</summary>
/// <param name="File">The real executable, without links and version-manager shims.</param>
/// <param name="Folder">The folder it is installed in (<c>sys.base_prefix</c>).</param>
/// <param name="Version">Its version, for example <c>3.12.1</c>.</param>
internal sealed record Interpreter(string File, string Folder, Version Version)
{
    /// <summary>The oldest version with audit hooks.</summary>
    public static Version Oldest { get; } = new(3, 8);

    private const string Describe = "import sys; print(sys.executable); print(sys.base_prefix); print('%d.%d.%d' % sys.version_info[:3])";

    /// <summary>Identifies every <c>python3</c> on the search path and in the usual places.</summary>
    public static async Task<IReadOnlyList<Interpreter>> FindAllAsync(CancellationToken cancellationToken)
    {
        var found = new List<Interpreter>();
        string[] usual = ["/usr/bin/python3", "/usr/local/bin/python3"];
        foreach (var file in ProgramPath.FindAll("python3").Concat(usual.Where(System.IO.File.Exists)).Distinct(StringComparer.Ordinal))
        {
            // With the host's environment, because version managers need it to find their interpreters.
            var answer = await HostTools.AskAsync(file, ["-I", "-S", "-c", Describe], cancellationToken);
            if (answer?.Split('\n') is [var executable, var folder, var version, ..]
                && Version.TryParse(version.Trim(), out var parsed)
                && found.TrueForAll(i => i.File != executable))
            {
                found.Add(new Interpreter(executable, folder, parsed));
            }
        }

        return found;
    }
}
