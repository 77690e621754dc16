using CognitiveTools.Models.Catalog;
using CognitiveTools.Models.Names;
using CognitiveTools.Tests.Files;
using CsCheck;

namespace CognitiveTools.Models.Tests.Catalog;

public class ModelCatalogTests
{
    private const string Valid = """
        models:
          small:
            description: A model.
            licence: MIT
            file: small.gguf
            source: { hf: maker/small/small.gguf }
        """;

    [Fact]
    public void The_shipped_catalog_knows_tinyllama_with_all_its_facts()
    {
        var entry = ModelCatalog.Load().Find("tinyllama")!;

        Assert.Equal("Apache-2.0", entry.Licence);
        Assert.Equal(322_591_712, entry.Bytes);
        Assert.Equal("9ee11adf737960ff06123d5c4fba24d12c5b05ba460a7afa88950fbf2b61add0", entry.Sha256);
        Assert.Equal(2, Assert.IsType<NpmSource>(entry.Source).Parts.Count);
        Assert.Equal("default", entry.Profile);
    }

    [Fact]
    public void An_entry_reads_as_written()
    {
        var entry = Assert.Single(Read(Valid));

        Assert.Equal(("small", "A model.", "MIT", "small.gguf"), (entry.Name, entry.Description, entry.Licence, entry.File));
        Assert.Equal(new HuggingFaceSource("maker/small", "main", "small.gguf"), entry.Source);
        Assert.Null(entry.Bytes);
    }

    [Theory]
    [InlineData("licence: MIT", "licenses: MIT", "test.yaml:4: licenses: is not a key of small")]
    [InlineData("    licence: MIT\n", "", "licence: is missing")]
    [InlineData("file: small.gguf", "file: ../small.gguf", "test.yaml:5: file: must be a plain file name")]
    [InlineData("{ hf: maker/small/small.gguf }", "{ hf: maker/small }", "hf: 'hf:maker/small' must be hf:owner/repo/file.gguf")]
    [InlineData("{ hf: maker/small/small.gguf }", "{ hf: maker/../../small.gguf }", "must be hf:owner/repo/file.gguf")]
    [InlineData("{ hf: maker/small/small.gguf }", "{ url: 'ftp://x/y' }", "url: must be an http or https address")]
    [InlineData("{ hf: maker/small/small.gguf }", "{ path: /etc/x }", "path: must be relative")]
    [InlineData("{ hf: maker/small/small.gguf }", "{ hf: a/b/c, url: 'https://x/y' }", "exactly one of npm, hf, url, path")]
    [InlineData("{ hf: maker/small/small.gguf }", "{ npm: [{ package: p, version: 1.0.0, file: f }] }", "also needs bytes and sha256")]
    [InlineData(
        "{ hf: maker/small/small.gguf }", "{ npm: [{ package: '--x && y', version: 1.0.0, file: f }] }",
        "package: must be an npm package name")]
    [InlineData(
        "{ hf: maker/small/small.gguf }", "{ npm: [{ package: p, version: latest, file: f }] }", "version: must be an exact version")]
    [InlineData("source: { hf: maker/small/small.gguf }", "sha256: ABC\n    source: { hf: a/b/c }", "test.yaml:6: sha256: must be 64")]
    [InlineData("source: { hf: maker/small/small.gguf }", "bytes: -1\n    source: { hf: a/b/c }", "bytes: must be a whole number above 0")]
    [InlineData("file: small.gguf", "file: '..'", "file: must be a plain file name")]
    [InlineData("file: small.gguf", "file: \"a\\0b\"", "file: must be a plain file name")]
    [InlineData(
        "source: { hf: maker/small/small.gguf }",
        "sha256: \"0000000000000000000000000000000000000000000000000000000000000000\\n\"\n    source: { hf: a/b/c }", "sha256: must be 64")]
    [InlineData("licence: MIT", "licence: &a MIT", "test.yaml:4: anchors")]
    [InlineData("models:", "models: [", "not valid YAML")]
    [InlineData("small:", "../small:", "as the name of a model")]
    [InlineData("small:", "\"small\\n\":", "as the name of a model")]
    [InlineData(
        "{ hf: maker/small/small.gguf }", "{ npm: [{ package: \"p\\n\", version: 1.0.0, file: f }] }",
        "package: must be an npm package name")]
    [InlineData(
        "{ hf: maker/small/small.gguf }", "{ npm: [{ package: p, version: \"1.0.0\\n\", file: f }] }", "version: must be an exact version")]
    [InlineData("{ hf: maker/small/small.gguf }", "{ path: models/../../x }", "path: must be relative")]
    [InlineData("{ hf: maker/small/small.gguf }", "{ path: models//x }", "path: must be relative")]
    public void A_wrong_entry_is_named_with_its_line_and_key(string part, string replacement, string problem)
    {
        var text = Valid.Replace("\r\n", "\n", StringComparison.Ordinal).Replace(part, replacement, StringComparison.Ordinal);
        Assert.NotEqual(Valid, text);

        var error = Assert.Throws<InvalidDataException>(() => Read(text));

        Assert.StartsWith("test.yaml:", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Texts that lead out of a folder, to a device, or nowhere, when they become a part of a path.</summary>
    public static TheoryData<string> NamesThatArePaths =>
        [
            "..", ".", "a/b", "a\\b", "/a", "C:a", "\0", "a\0b", "a\n", "a\r", "\u001b[1m", "a.", "a ", " a", "con", "NUL.gguf", "com1",
            "Lpt9.txt", "a?b", "a*", "a|b", "<a>", "a\"b", new string('a', 201),
        ];

    [Theory]
    [MemberData(nameof(NamesThatArePaths))]
    public void A_name_that_would_become_a_path_is_refused_wherever_it_stands(string name)
    {
        Assert.False(PlainName.Fits(name));
        var entry = Valid.Replace("file: small.gguf", $"file: {System.Text.Json.JsonSerializer.Serialize(name)}", StringComparison.Ordinal);
        Assert.Contains(
            "file: must be a plain file name", Assert.Throws<InvalidDataException>(() => Read(entry)).Message, StringComparison.Ordinal);
        string[] references =
        [
            $"hf:owner/{name}/m.gguf", $"hf:owner/repo@{name}/m.gguf", $"hf:owner/repo/{name}",
            $"https://host/x/{Uri.EscapeDataString(name)}",
        ];
        foreach (var reference in references)
            AssertStaysInTheStore(reference);
    }

    // Parts of a reference that hold separators are folders of the store; whatever else is refused.
    private static void AssertStaysInTheStore(string reference)
    {
        var store = new ModelStore(new([]), "unused");
        try
        {
            var path = store.Resolve(reference).Path;
            Assert.StartsWith(store.Folder + Path.DirectorySeparatorChar, path, StringComparison.Ordinal);
            Assert.All(
                Path.GetRelativePath(store.Folder, path).Split(Path.DirectorySeparatorChar),
                static part => Assert.True(PlainName.Fits(part), part));
        }
        catch (FormatException refused)
        {
            Assert.Contains("must be", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("model.gguf")]
    [InlineData("Qwen3-0.6B-Q8_0.gguf")]
    [InlineData(".hidden")]
    [InlineData("console.gguf")]
    [InlineData("äöü ß.gguf")]
    public void A_plain_name_is_accepted(string name) => Assert.True(PlainName.Fits(name));

    [Fact]
    public void Every_model_of_the_repository_has_the_hash_that_the_catalog_states()
    {
        var store = new ModelStore(ModelCatalog.Load());
        var bundled = store.Catalog.Entries.Where(static entry => entry.Source is FileSource).ToArray();
        Assert.Equal(51, bundled.Length);
        Assert.All(bundled, entry => Assert.Equal(entry.Sha256, store.Require(entry.Name).Sha256));
        Assert.All(store.Catalog.Entries, static entry => Assert.NotNull(entry.Sha256));
    }

    [Fact]
    public void Damaged_catalogs_give_no_exception_but_the_documented_one() => TextMutations.Of(Shipped()).Sample(
        text =>
        {
            try
            {
                Read(text);
            }
            catch (InvalidDataException)
            {
                // documented
            }
        },
        iter: 1000);

    private static string Shipped()
    {
        using var stream = typeof(ModelCatalog).Assembly.GetManifestResourceStream("models/catalog.yaml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [Fact]
    public void An_empty_file_is_refused() =>
        Assert.Contains("model catalog", Assert.Throws<InvalidDataException>(() => Read("")).Message, StringComparison.Ordinal);

    private static IReadOnlyList<ModelEntry> Read(string text) => CatalogReader.Read(new StringReader(text), "test.yaml");
}
