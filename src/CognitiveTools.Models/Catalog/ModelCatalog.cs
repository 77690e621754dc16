namespace CognitiveTools.Models.Catalog;

/// <summary>The models known by name (<c>models/catalog.yaml</c>).</summary>
public sealed class ModelCatalog
{
    private const string Resource = "models/catalog.yaml";
    private readonly SortedDictionary<string, ModelEntry> _entries;

    /// <summary>Makes a catalog of these entries; names must differ.</summary>
    internal ModelCatalog(IEnumerable<ModelEntry> entries) =>
        _entries = new(entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The entries in order of name.</summary>
    internal IReadOnlyCollection<ModelEntry> Entries => _entries.Values;

    /// <summary>Loads the catalog that ships with the library, or one from a file.</summary>
    /// <param name="path">The file; <see langword="null"/> for the one that ships.</param>
    /// <exception cref="InvalidDataException">An entry is wrong; the message names file, line and key.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelCatalog Load(string? path = null)
    {
        if (path is not null)
            return new ModelCatalog(CatalogReader.ReadFile(path));

        using var stream = typeof(ModelCatalog).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return new ModelCatalog(CatalogReader.Read(reader, Resource));
    }

    /// <summary>The entry of that name, or <see langword="null"/>.</summary>
    internal ModelEntry? Find(string name) => _entries.GetValueOrDefault(name);
}
