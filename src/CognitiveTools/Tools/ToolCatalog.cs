using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CognitiveTools.Code;
using CognitiveTools.Files;
using CognitiveTools.Prompts;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Tools;

/// <summary>A set of cognitive tools, read from YAML files (format: <c>tools/README.md</c>). Immutable.</summary>
public sealed class ToolCatalog
{
    /// <summary>The name of the built-in tool that runs code, and of its prompt.</summary>
    internal const string CodeToolName = "use_code";

    private static readonly ConditionalWeakTable<PromptProfile, ConcurrentDictionary<CognitiveTool, bool>> Checked = [];

    private readonly string _origin;
    private readonly IReadOnlyList<DataFile> _files;

    private ToolCatalog(string origin, IReadOnlyList<DataFile> files)
    {
        if (files.Count == 0)
            throw new InvalidDataException($"{origin} holds no tool (*.yaml). See tools/README.md for the format.");
        _origin = origin;
        _files = files;
        Hash = DataFiles.Hash(files);
        Tools = [.. files.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => ToolFile.Parse(f.Text(origin), $"{origin}/{f.Name}"))];
    }

    /// <summary>The tools, ordered by name.</summary>
    public IReadOnlyList<CognitiveTool> Tools { get; }

    /// <summary>SHA-256 (lower-case hexadecimal) over the names and bytes of the files.</summary>
    public string Hash { get; }

    /// <summary>The tools that ship inside this assembly.</summary>
    /// <param name="profile">
    /// The prompt profile they are used with: one whose prompts need other parameters or contracts brings its own tools
    /// (<c>tools/PROFILE/</c>), which take the place of those of the same name.
    /// </param>
    /// <param name="withCode">Whether <c>use_code</c> is among them. It needs a sandbox (<see cref="ICodeSandbox"/>).</param>
    public static ToolCatalog Embedded(string? profile = null, bool withCode = false)
    {
        var shared = DataFiles.Embedded("tools/");
        var own = profile is null ? [] : DataFiles.Embedded($"profile-tools/{profile}/");
        var files = (own.Count == 0 ? shared : DataFiles.Merge(shared, own)).Where(f => withCode || f.Name != $"{CodeToolName}.yaml");
        return new ToolCatalog(own.Count == 0 ? "tools" : $"tools/{profile}", [.. files]);
    }

    /// <summary>The tools of a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is no tool; the message names file, line and key.</exception>
    public static ToolCatalog Load(string directory) => new(directory, FilesOf(directory));

    /// <summary>These tools and those of a folder; one of the same name replaces the one here.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">A file is no tool; the message names file, line and key.</exception>
    public ToolCatalog Extend(string directory) => new($"{_origin}+{directory}", DataFiles.Merge(_files, FilesOf(directory)));

    /// <summary>The tool of that name, or <see langword="null"/>.</summary>
    public CognitiveTool? Find(string name) => Tools.FirstOrDefault(t => t.Name.Equals(name, StringComparison.Ordinal));

    /// <summary>The tools of those names, in the order given; when none is given, all but those that run code.</summary>
    /// <exception cref="ArgumentException">One is unknown.</exception>
    public IReadOnlyList<CognitiveTool> Select(IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Count == 0 ? [.. Tools.Where(t => t.Runs is null)] : [.. names.Distinct(StringComparer.Ordinal).Select(n => Find(n)
            ?? throw new ArgumentException($"There is no tool '{n}'. Known: {string.Join(", ", Tools.Select(t => t.Name))}.",
                nameof(names)))];
    }

    /// <summary>Makes sure that a tool's prompt is one user message, with or without a system message before it, using exactly the tool's
    /// parameters.</summary>
    /// <remarks>A pair of tool and profile that fits is remembered, so that it is looked at once however many hosts ask.</remarks>
    /// <exception cref="InvalidDataException">It is not; the message says what to change.</exception>
    public static void Check(CognitiveTool tool, PromptProfile profile)
    {
        ArgumentNullException.ThrowIfNull(tool);
        ArgumentNullException.ThrowIfNull(profile);
        var fitting = Checked.GetValue(profile, static _ => new(ReferenceEqualityComparer.Instance));
        if (fitting.ContainsKey(tool))
            return;
        if (!profile.Has(tool.Prompt))
            throw new InvalidDataException(
                $"Tool '{tool.Name}' needs the prompt '{tool.Prompt}', which profile '{profile.Name}' does not have. Add "
                + $"{tool.Prompt}.md.");
        var roles = profile.Roles(tool.Prompt);
        if (roles.Count is not (1 or 2) || roles[^1] != ChatRole.User || (roles.Count == 2 && roles[0] != ChatRole.System))
            throw new InvalidDataException(
                $"Prompt '{tool.Prompt}' of profile '{profile.Name}' must be one <<user>> section, or a <<system>> and a <<user>> one: an "
                + "isolated call sees exactly these messages.");
        var wanted = tool.Parameters.Select(p => p.Name).Order(StringComparer.Ordinal).ToList();
        if (!profile.Placeholders(tool.Prompt).SequenceEqual(wanted, StringComparer.Ordinal))
            throw new InvalidDataException(
                $"Prompt '{tool.Prompt}' of profile '{profile.Name}' uses the placeholders "
                + $"{{{string.Join(", ", profile.Placeholders(tool.Prompt))}}}, but tool '{tool.Name}' has the parameters "
                + $"{{{string.Join(", ", wanted)}}}. Make them the same.");
        fitting.TryAdd(tool, true);
    }

    /// <summary>Makes sure of it for every tool here.</summary>
    /// <exception cref="InvalidDataException">A tool does not fit; the message says what to change.</exception>
    public void Check(PromptProfile profile)
    {
        foreach (var tool in Tools)
            Check(tool, profile);
    }

    private static List<DataFile> FilesOf(string directory) =>
        DataFiles.Folder(directory, "*.yaml", "Create it, or leave the setting out to use the built-in tools.");
}
