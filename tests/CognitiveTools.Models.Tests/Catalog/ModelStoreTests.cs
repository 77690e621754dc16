using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Models.Tests.Catalog;

public class ModelStoreTests
{
    [Fact]
    public void A_name_leads_to_its_file_and_says_how_to_get_it()
    {
        using var folder = new TemporaryFolder();
        var store = new ModelStore(ModelCatalog.Load(), folder.Path);

        var model = store.Resolve("tinyllama");

        Assert.False(model.IsPresent);
        Assert.Equal(folder.File("tinyllama-1.1b-chat-iq2_xxs.gguf"), model.Path);
        Assert.Contains("cogtools models get tinyllama", model.Remedy, StringComparison.Ordinal);
        Assert.Equal("tinyllama", model.Entry!.Name);
    }

    [Fact]
    public void A_file_of_the_wrong_length_is_not_the_model()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("tinyllama-1.1b-chat-iq2_xxs.gguf"), "short");

        var model = new ModelStore(ModelCatalog.Load(), folder.Path).Resolve("tinyllama");

        Assert.False(model.IsPresent);
        Assert.Contains("5 bytes, not the 322591712", model.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_is_the_file_it_names()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("x.gguf"), "");

        var model = new ModelStore(new([]), folder.Path).Resolve(folder.File("x.gguf"));

        Assert.True(model.IsPresent);
        Assert.Equal(folder.File("x.gguf"), model.Path);
        Assert.Null(model.Remedy);
    }

    [Fact]
    public void What_is_neither_name_nor_file_lists_the_names()
    {
        var model = new ModelStore(ModelCatalog.Load(), "unused").Resolve("no-such-model");

        Assert.False(model.IsPresent);
        Assert.Null(model.Source);
        Assert.Contains("Known models:", model.Remedy, StringComparison.Ordinal);
        Assert.Contains("tinyllama", model.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hf:a//c")]
    [InlineData("hf:a/b/../../c")]
    [InlineData("hf:a/b@/c")]
    [InlineData("hf:a/b@c@d/e")]
    [InlineData("hf:a/..\\b/c")]
    [InlineData("ftp://x/y.gguf")]
    [InlineData("https://x/")]
    public void A_malformed_reference_is_refused(string reference) =>
        Assert.Throws<FormatException>(() => new ModelStore(new([]), "unused").Resolve(reference));

    [Theory]
    [InlineData("https://huggingface.co/maker/tiny", "hf:maker/tiny.")]
    [InlineData("https://huggingface.co/maker/tiny/tree/main", "hf:maker/tiny.")]
    [InlineData("https://huggingface.co/maker/tiny/blob/main/sub/m%20x.gguf", "hf:maker/tiny/sub/m x.gguf.")]
    [InlineData("https://huggingface.co/maker/tiny/tree/v2", "hf:maker/tiny@v2.")]
    [InlineData("https://huggingface.co/maker/tiny?show_file_info=m-Q4_K_M.gguf", "hf:maker/tiny/m-Q4_K_M.gguf.")]
    [InlineData("https://hf.co/maker/tiny?library=x&show_file_info=sub%2Fm.gguf", "hf:maker/tiny/sub/m.gguf.")]
    [InlineData("https://hf.co/maker/tiny/blob/v2/m.gguf?download=true", "hf:maker/tiny@v2/m.gguf.")]
    public void A_page_of_hugging_face_is_refused_with_the_reference_to_give(string page, string reference) => Assert.Contains(
        $"Give {reference}", Assert.Throws<FormatException>(() => new ModelStore(new([]), "unused").Resolve(page)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_address_of_a_file_of_hugging_face_is_an_address() => Assert.EndsWith(
        "m.gguf", new ModelStore(new([]), "unused").Resolve("https://huggingface.co/maker/tiny/resolve/main/m.gguf").Path,
        StringComparison.Ordinal);

    [Fact]
    public void Revisions_and_addresses_with_equal_file_names_have_files_of_their_own()
    {
        var store = new ModelStore(new([]), "unused");

        string[] references = ["hf:a/b/m.gguf", "hf:a/b@v2/m.gguf", "hf:a/c/m.gguf", "https://x/m.gguf", "https://y/m.gguf"];

        Assert.Equal(5, references.Select(reference => store.Resolve(reference).Path).Distinct().Count());
        Assert.All(references, reference => Assert.StartsWith(store.Folder, store.Resolve(reference).Path, StringComparison.Ordinal));
    }

    [Fact]
    public void A_repository_file_is_found_from_inside_a_clone()
    {
        var entry =
            new ModelEntry { Name = "own", Description = "x", Licence = "x", File = "x", Source = new FileSource("models/catalog.yaml") };
        var absent = entry with { Name = "absent", Source = new FileSource("models/no-such.gguf") };
        var store = new ModelStore(new([entry, absent]), "unused");

        Assert.True(store.Resolve("own").IsPresent);
        Assert.Contains("Run inside a clone", store.Resolve("absent").Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_the_catalogs_is_refused_for_loading_with_both_hashes_and_a_remedy()
    {
        using var folder = new TemporaryFolder();
        byte[] content = [1, 2, 3, 4];
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
        var entry = new ModelEntry
        {
            Name = "m",
            Description = "x",
            Licence = "x",
            File = "m.bin",
            Bytes = 4,
            Sha256 = hash,
            Source = new UrlSource(new("https://host/m.bin")),
        };
        var hashes = new CognitiveTools.Models.Integrity.FileHashes(folder.File("records"));
        var store = new ModelStore(new([entry]), folder.File("store"), hashes);
        Assert.Contains("models get m", Assert.Throws<FileNotFoundException>(() => store.Require("m")).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(store.Folder);
        File.WriteAllBytes(folder.File("store/m.bin"), content);
        Assert.Equal(hash, store.Require("m").Sha256);
        Assert.Equal(hash, store.Require("m").Sha256);
        Assert.Equal(1, hashes.Measured);

        File.WriteAllBytes(folder.File("store/m.bin"), [1, 2, 3, 5]);
        Assert.True(store.Resolve("m").IsPresent); // by its length
        var error = Assert.Throws<InvalidDataException>(() => store.Require("m"));
        Assert.Contains(hash, error.Message, StringComparison.Ordinal);
        Assert.Contains("cogtools models get m", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_name_gets_the_nearest_one() =>
        Assert.Contains(
            "Did you mean 'tinyllama'?", new ModelStore(ModelCatalog.Load(), "unused").Resolve("tinylama").Remedy,
            StringComparison.Ordinal);
}
