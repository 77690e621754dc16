using CognitiveTools.Llama.Catalog;
using CognitiveTools.Tests.Files;
using CsCheck;

namespace CognitiveTools.Llama.Tests.Catalog;

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
    [InlineData("{ hf: maker/small/small.gguf }", "{ npm: [{ package: p, version: 1.0.0, file: f }] }", "needs bytes and sha256 beside it")]
    [InlineData("{ hf: maker/small/small.gguf }", "{ npm: [{ package: '--x && y', version: 1.0.0, file: f }] }", "package: must be an npm package name")]
    [InlineData("{ hf: maker/small/small.gguf }", "{ npm: [{ package: p, version: latest, file: f }] }", "version: must be an exact version")]
    [InlineData("source: { hf: maker/small/small.gguf }", "sha256: ABC\n    source: { hf: a/b/c }", "test.yaml:6: sha256: must be 64")]
    [InlineData("source: { hf: maker/small/small.gguf }", "bytes: -1\n    source: { hf: a/b/c }", "bytes: must be a whole number above 0")]
    [InlineData("file: small.gguf", "file: '..'", "file: must be a plain file name")]
    [InlineData("file: small.gguf", "file: \"a\\0b\"", "file: must be a plain file name")]
    [InlineData("source: { hf: maker/small/small.gguf }", "sha256: \"0000000000000000000000000000000000000000000000000000000000000000\\n\"\n    source: { hf: a/b/c }", "sha256: must be 64")]
    [InlineData("licence: MIT", "licence: &a MIT", "test.yaml:4: anchors")]
    [InlineData("models:", "models: [", "not valid YAML")]
    public void A_wrong_entry_is_named_with_its_line_and_key(string part, string replacement, string problem)
    {
        var text = Valid.Replace("\r\n", "\n", StringComparison.Ordinal).Replace(part, replacement, StringComparison.Ordinal);
        Assert.NotEqual(Valid, text);

        var error = Assert.Throws<InvalidDataException>(() => Read(text));

        Assert.StartsWith("test.yaml:", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
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
