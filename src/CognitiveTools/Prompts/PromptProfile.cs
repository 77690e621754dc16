using System.Collections.Frozen;
using CognitiveTools.Files;
using CognitiveTools.Text;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Prompts;

/// <summary>
/// A named set of prompts, one Markdown file each (format: <c>prompts/README.md</c>). Immutable and thread-safe.
/// Rendering is byte-exact: values are inserted verbatim and are never scanned for placeholders or role markers.
/// </summary>
public sealed class PromptProfile
{
    private const string ResourceRoot = "prompts/";
    private readonly string _origin;
    private readonly IReadOnlyList<DataFile> _files;
    private readonly FrozenDictionary<string, PromptTemplate> _prompts;

    private PromptProfile(string name, string origin, IReadOnlyList<DataFile> files)
    {
        if (files.Count == 0)
            throw new InvalidDataException($"{origin} holds no prompt (*.md). See prompts/README.md for the files a profile needs.");

        Name = name;
        Hash = DataFiles.Hash(files);
        _origin = origin;
        _files = files;
        _prompts = files
            .Select(f => PromptTemplate.Parse($"{origin}/{f.Name}", f.Stem, f.Text(origin)))
            .ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
    }

    /// <summary>The profile's name: the folder's name.</summary>
    public string Name { get; }

    /// <summary>
    /// SHA-256 (lower-case hexadecimal) over the names and bytes of all the profile's files in ordinal order, so that it
    /// does not depend on the file system.
    /// </summary>
    public string Hash { get; }

    /// <summary>The names of the prompts, in ordinal order.</summary>
    public IReadOnlyList<string> Prompts => [.. _prompts.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Opens a profile that ships inside this assembly.</summary>
    /// <exception cref="ArgumentException">There is no such profile; the message lists those there are.</exception>
    public static PromptProfile Embedded(string name = "default")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var files = DataFiles.Embedded($"{ResourceRoot}{name}/");
        if (files.Count > 0)
            return new PromptProfile(name, $"{ResourceRoot}{name}", files);

        throw new ArgumentException(
            $"There is no prompt profile '{name}'.{Nearest.Hint(name, EmbeddedNames)} Known: {string.Join(", ", EmbeddedNames)}; or load "
            + "one from a folder.", nameof(name));
    }

    /// <summary>Names of the profiles that come with the library, in ordinal order.</summary>
    public static IReadOnlyList<string> EmbeddedNames { get; } =
        [.. DataFiles.EmbeddedNames(ResourceRoot).Select(static resource => resource.Split('/')[1]).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];

    /// <summary>Loads a profile from a folder; its name is the folder's.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">A file breaks the format, or there is none; the message names it.</exception>
    public static PromptProfile Load(string directory) =>
        new(Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)), directory, FilesOf(directory));

    /// <summary>
    /// This profile and the prompts of a folder; a prompt of the same name takes this profile's place. The hash covers both.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">A file breaks the format; the message names it.</exception>
    public PromptProfile Extend(string directory) => new(Name, $"{_origin}+{directory}", DataFiles.Merge(_files, FilesOf(directory)));

    /// <summary>Whether the profile holds a prompt of this name.</summary>
    public bool Has(string prompt) => _prompts.ContainsKey(prompt);

    /// <summary>The placeholders a prompt uses, in ordinal order.</summary>
    /// <exception cref="ArgumentException">There is no such prompt.</exception>
    public IReadOnlyList<string> Placeholders(string prompt) => Find(prompt).Placeholders;

    /// <summary>The roles of a prompt's messages, in order.</summary>
    /// <exception cref="ArgumentException">There is no such prompt.</exception>
    public IReadOnlyList<ChatRole> Roles(string prompt) => Find(prompt).Roles;

    /// <summary>Renders a prompt as chat messages.</summary>
    /// <param name="prompt">The prompt's name: the file's name without extension.</param>
    /// <param name="values">A value for each placeholder the prompt uses, and no other.</param>
    /// <exception cref="ArgumentException">
    /// There is no such prompt, a placeholder has no value, or a value has no placeholder; the message names file and placeholder.
    /// </exception>
    public IReadOnlyList<ChatMessage> Render(string prompt, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Find(prompt).Render(values);
    }

    private PromptTemplate Find(string prompt) => _prompts.TryGetValue(prompt, out var template)
        ? template
        : throw new ArgumentException(
            $"Profile '{Name}' has no prompt '{prompt}'. Add the file {_origin}/{prompt}.md; it has: {string.Join(", ", Prompts)}.",
            nameof(prompt));

    private static List<DataFile> FilesOf(string directory) =>
        DataFiles.Folder(directory, "*.md", "Create it, or name an embedded profile such as 'default'.");
}
