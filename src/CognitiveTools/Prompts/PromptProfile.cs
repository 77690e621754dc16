using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Prompts;

/// <summary>
/// A named set of prompts, one Markdown file each (format: <c>prompts/README.md</c>). Immutable and thread-safe.
/// Rendering is byte-exact: values are inserted verbatim and are never scanned for placeholders or role markers.
/// </summary>
public sealed class PromptProfile
{
    private const string ResourceRoot = "prompts/";
    private readonly FrozenDictionary<string, PromptTemplate> _prompts;

    private PromptProfile(string name, string origin, IReadOnlyList<(string File, byte[] Content)> files)
    {
        if (files.Count == 0)
            throw new InvalidDataException($"{origin} holds no prompt (*.md). See prompts/README.md for the files a profile needs.");

        Name = name;
        Origin = origin;
        Hash = HashOf(files);
        _prompts = files
            .Select(f => PromptTemplate.Parse($"{origin}/{f.File}", Path.GetFileNameWithoutExtension(f.File), Decode(origin, f.File, f.Content)))
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

    private string Origin { get; }

    /// <summary>Opens a profile that ships inside this assembly.</summary>
    /// <exception cref="ArgumentException">There is no such profile; the message lists those there are.</exception>
    public static PromptProfile Embedded(string name = "default")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var assembly = typeof(PromptProfile).Assembly;
        var prefix = $"{ResourceRoot}{name}/";
        var resources = assembly.GetManifestResourceNames();
        var files = resources.Where(r => r.StartsWith(prefix, StringComparison.Ordinal))
            .Select(r => (r[prefix.Length..], Read(assembly, r)))
            .ToList();
        if (files.Count > 0)
            return new PromptProfile(name, $"prompts/{name}", files);

        var known = resources.Where(r => r.StartsWith(ResourceRoot, StringComparison.Ordinal))
            .Select(r => r.Split('/')[1])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        throw new ArgumentException($"There is no prompt profile '{name}'. Known: {string.Join(", ", known)}; or load one from a folder.", nameof(name));
    }

    /// <summary>Loads a profile from a folder; its name is the folder's.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">A file breaks the format, or there is none; the message names it.</exception>
    public static PromptProfile Load(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        var folder = new DirectoryInfo(directory);
        if (!folder.Exists)
            throw new DirectoryNotFoundException($"The prompt folder '{directory}' does not exist. Create it, or name an embedded profile such as 'default'.");
        var files = folder.GetFiles("*.md")
            .Where(f => !f.Name.Equals("README.md", StringComparison.OrdinalIgnoreCase))
            .Select(f => (f.Name, File.ReadAllBytes(f.FullName)))
            .ToList();
        return new PromptProfile(folder.Name, directory, files);
    }

    /// <summary>Whether the profile holds a prompt of this name.</summary>
    public bool Has(string prompt) => _prompts.ContainsKey(prompt);

    /// <summary>The placeholders a prompt uses, in ordinal order.</summary>
    /// <exception cref="ArgumentException">There is no such prompt.</exception>
    public IReadOnlyList<string> Placeholders(string prompt) => Find(prompt).Placeholders;

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
        : throw new ArgumentException($"Profile '{Name}' has no prompt '{prompt}'. Add the file {Origin}/{prompt}.md; it has: {string.Join(", ", Prompts)}.", nameof(prompt));

    private static byte[] Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string Decode(string origin, string file, byte[] content)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"{origin}/{file} is not UTF-8. Save it as UTF-8 without a byte order mark.", e);
        }
    }

    private static string HashOf(IEnumerable<(string File, byte[] Content)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (file, content) in files.OrderBy(f => f.File, StringComparer.Ordinal))
        {
            // Names and lengths separate the files: moving text from one to the next changes the hash.
            hash.AppendData(Encoding.UTF8.GetBytes($"{file}\n{content.Length}\n"));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
