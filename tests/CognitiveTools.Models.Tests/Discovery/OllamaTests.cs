using System.Text.Json;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Models.Discovery;
using CognitiveTools.Models.Integrity;

namespace CognitiveTools.Models.Tests.Discovery;

public sealed class OllamaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelStore _store;

    public OllamaTests() => _store = new ModelStore(
        new([]),
        _folder.File("store"),
        new FileHashes(_folder.File("records")),
        new OllamaStore([_folder.File("ollama"), _folder.File("service")]));

    [Theory]
    [InlineData("llama3.2", "registry.ollama.ai/library/llama3.2/latest")]
    [InlineData("llama3.2:3b", "registry.ollama.ai/library/llama3.2/3b")]
    [InlineData("LLAMA3.2:3B", "registry.ollama.ai/library/llama3.2/3b")]
    [InlineData("me/own:v1", "registry.ollama.ai/me/own/v1")]
    [InlineData("hf.co/maker/tiny-GGUF:Q4_K_M", "hf.co/maker/tiny-GGUF/Q4_K_M")]
    public void A_name_leads_to_the_blob_of_its_manifest(string name, string manifest)
    {
        var blob = Write("ollama", manifest, ("model", "weights"), ("template", "{{ .Prompt }}"), ("projector", "eyes"));

        var model = _store.Require($"ollama:{name}");

        Assert.Equal(blob[0], model.Path);
        Assert.Equal($"sha256-{model.Sha256}", Path.GetFileName(model.Path));
        Assert.True(model.Change.IsNone);
    }

    [Fact]
    public void The_store_of_the_service_is_searched_after_the_users()
    {
        var service = Write("service", "registry.ollama.ai/library/a/latest", ("model", "service"));
        Assert.Equal(service[0], _store.Require("ollama:a").Path);

        var own = Write("ollama", "registry.ollama.ai/library/a/latest", ("model", "own"));
        Assert.Equal(own[0], _store.Require("ollama:a").Path);
    }

    [Fact]
    public void The_adapter_of_a_model_is_applied_and_changes_follow_the_name()
    {
        var blobs = Write("ollama", "registry.ollama.ai/library/tuned/latest", ("model", "weights"), ("adapter", "lora"));

        var model = _store.Require("ollama:tuned+set=a.depth:3");

        Assert.Equal((blobs[0], blobs[1]), (model.Path, model.Change.Lora));
        Assert.Equal([new MetadataOverride("a.depth", "3")], model.Change.Overrides);
    }

    [Fact]
    public void An_unknown_name_lists_what_is_there_and_says_how_to_fetch_it()
    {
        Write("ollama", "registry.ollama.ai/library/llama3.2/3b", ("model", "weights"));
        Write("ollama", "registry.ollama.ai/me/own/latest", ("model", "weights"));

        var error = Assert.Throws<FileNotFoundException>(() => _store.Require("ollama:llama3.2")).Message;

        Assert.Contains("It has: llama3.2:3b, me/own:latest", error, StringComparison.Ordinal);
        Assert.Contains("OLLAMA_MODELS", error, StringComparison.Ordinal);
        Assert.Contains("ollama pull llama3.2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_store_the_folders_are_named() => Assert.Contains(
        $"It has no models (searched: {_folder.File("ollama")}", _store.Resolve("ollama:x").Remedy, StringComparison.Ordinal);

    [Fact]
    public void A_missing_or_changed_blob_is_named()
    {
        var blob = Write("ollama", "registry.ollama.ai/library/a/latest", ("model", "weights"))[0];
        File.WriteAllText(blob, "tampered");
        var changed = Assert.Throws<InvalidDataException>(() => _store.Require("ollama:a"));
        Assert.Contains("ollama pull a", changed.Message, StringComparison.Ordinal);

        File.Delete(blob);
        Assert.Contains($"{blob} is missing", _store.Resolve("ollama:a").Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is damaged")]
    [InlineData("[]", "is damaged")]
    [InlineData("{}", "no GGUF file on this machine (no files)")]
    [InlineData("""{"layers":[{"mediaType":"application/vnd.ollama.image.params","digest":"sha256:1"}]}""", "Ollama's cloud")]
    [InlineData("""{"layers":[null,{"mediaType":"application/vnd.ollama.image.tensor","digest":"sha256:1"}]}""", "image.tensor")]
    [InlineData("""{"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:../../etc"}]}""", "not SHA-256")]
    [InlineData("""{"layers":[{"mediaType":"application/vnd.ollama.image.model"}]}""", "not SHA-256")]
    public void A_manifest_that_cannot_be_used_is_named_with_the_reason(string manifest, string expected)
    {
        var file = _folder.File("ollama/manifests/registry.ollama.ai/library/a/latest");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, manifest);

        Assert.Contains(expected, _store.Resolve("ollama:a").Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ollama:")]
    [InlineData("ollama:../x")]
    [InlineData("ollama:a:b:c")]
    [InlineData("ollama:a/b/c/d")]
    [InlineData("ollama:a:")]
    public void A_malformed_name_is_refused_with_the_form(string reference) => Assert.Contains(
        "ollama:NAME:TAG", Assert.Throws<FormatException>(() => _store.Resolve(reference)).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private string[] Write(string store, string manifest, params (string Kind, string Content)[] layers)
    {
        var paths = new List<string>();
        var entries = new List<object>();
        foreach (var (kind, content) in layers)
        {
            var hash = Downloads.DownloadFixture.Sha256(System.Text.Encoding.UTF8.GetBytes(content));
            paths.Add(_folder.File($"{store}/blobs/sha256-{hash}"));
            Directory.CreateDirectory(Path.GetDirectoryName(paths[^1])!);
            File.WriteAllText(paths[^1], content);
            entries.Add(new { mediaType = $"application/vnd.ollama.image.{kind}", digest = $"sha256:{hash}", size = content.Length });
        }

        var file = _folder.File($"{store}/manifests/{manifest}");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, JsonSerializer.Serialize(new { schemaVersion = 2, layers = entries }));
        return [.. paths];
    }
}
