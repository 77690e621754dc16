using CognitiveTools.Llama.Models;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Models.Tests.Catalog;

public class ModelChangeTests
{
    [Theory]
    [InlineData("mini", "mini", null, 1, 0)]
    [InlineData("a+b.gguf", "a+b.gguf", null, 1, 0)]
    [InlineData("mini+lora=x/y.gguf", "mini", "x/y.gguf", 1, 0)]
    [InlineData("hf:o/r@v1/f.gguf+lora=t.gguf@-0.5", "hf:o/r@v1/f.gguf", "t.gguf", -0.5f, 0)]
    [InlineData("deep+set=a.b:2+set=a.c:x:y+lora=t.gguf@2", "deep", "t.gguf", 2, 2)]
    public void A_reference_is_a_model_and_changes(string reference, string model, string? lora, float scale, int overrides)
    {
        var (named, change) = ModelChange.Split(reference);

        Assert.Equal((model, lora, scale, overrides), (named, change.Lora, change.LoraScale, change.Overrides.Count));
        if (overrides == 2)
            Assert.Equal([new MetadataOverride("a.b", "2"), new MetadataOverride("a.c", "x:y")], change.Overrides);
    }

    [Theory]
    [InlineData("mini+lora=")]
    [InlineData("mini+lora=a.gguf@much")]
    [InlineData("mini+lora=a.gguf+lora=b.gguf")]
    [InlineData("mini+set=key")]
    [InlineData("mini+set=:3")]
    public void A_malformed_change_is_refused_with_the_form(string reference) =>
        Assert.Contains(reference, Assert.Throws<FormatException>(() => ModelChange.Split(reference)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_entrys_changes_hold_unless_the_reference_says_otherwise()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("m.gguf"), "");
        File.WriteAllText(folder.File("t.gguf"), "");
        var yaml = folder.File("catalog.yaml");
        File.WriteAllText(yaml, """
            models:
              tuned:
                description: d
                licence: MIT
                file: m.gguf
                lora: models/none.gguf
                loraScale: 0.25
                overrides: {a.depth: 3, a.width: 8}
                source: {path: m.gguf}
            """);
        var store = new ModelStore(ModelCatalog.Load(yaml), folder.Path);

        var entry = store.Catalog.Find("tuned")!.Change;
        var own = store.Resolve("tuned");
        var changed = store.Resolve($"tuned+lora={folder.File("t.gguf")}@2+set=a.depth:5");

        Assert.Equal(("models/none.gguf", 0.25f, 2), (entry.Lora, entry.LoraScale, entry.Overrides.Count));
        Assert.False(own.IsPresent);
        Assert.Equal((folder.File("t.gguf"), 2f), (changed.Change.Lora, changed.Change.LoraScale));
        Assert.Equal([new MetadataOverride("a.width", "8"), new MetadataOverride("a.depth", "5")], changed.Change.Overrides);
    }

    [Fact]
    public void An_adapter_that_is_not_there_is_named_in_the_remedy()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("m.gguf"), "");

        var model = new ModelStore(new([]), folder.Path).Resolve(folder.File("m.gguf") + "+lora=nowhere.gguf");

        Assert.False(model.IsPresent);
        Assert.Contains("no LoRA adapter 'nowhere.gguf'", model.Remedy, StringComparison.Ordinal);
    }
}
