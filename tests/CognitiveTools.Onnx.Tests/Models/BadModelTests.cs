namespace CognitiveTools.Onnx.Tests.Models;

public sealed class BadModelTests
{
    [Fact]
    public void A_missing_manifest_is_named()
    {
        var failure = Assert.Throws<FileNotFoundException>(() => OnnxModels.Open(path: "nowhere/recurrent.json"));
        Assert.Contains("nowhere", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prelude.onnx")]
    [InlineData("core.onnx")]
    [InlineData("coda.onnx")]
    [InlineData("embeddings.f32")]
    [InlineData("vocab.txt")]
    public void A_missing_or_damaged_file_is_named(string file)
    {
        var manifest = OnnxModels.Copy();
        var path = Path.Combine(Path.GetDirectoryName(manifest)!, file);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains(file, Assert.Throws<InvalidDataException>(() => OnnxModels.Open(path: manifest)).Message, StringComparison.Ordinal);

        File.Delete(path);
        Assert.Contains(
            file, Assert.Throws<FileNotFoundException>(() => OnnxModels.Open(path: manifest)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"width\": 64", "\"width\": 63", "width")]
    [InlineData("\"width\": 64", "\"wide\": 64", "recurrent.json")]
    [InlineData("\"heads\": 4", "\"heads\": 2", "past")]
    [InlineData("\"coreBlocks\": 1", "\"coreBlocks\": 0", "coreBlocks")]
    [InlineData("\"coreBlocks\": 1", "\"coreBlocks\": 2", "core.onnx")]
    [InlineData("\"vocabularySize\": ", "\"vocabularySize\": 1", "embeddings.f32")]
    [InlineData("cognitivetools-recurrent-1", "cognitivetools-recurrent-9", "cognitivetools-recurrent-1")]
    [InlineData("\"sigma\": ", "\"sigma\": -", "sigma")]
    [InlineData("\"prelude.onnx\"", "\"../prelude.onnx\"", "in the manifest's folder")]
    [InlineData("{", "", "recurrent.json")]
    public void A_manifest_that_does_not_fit_its_files_is_refused_by_name(string old, string changed, string named)
    {
        var manifest = OnnxModels.Copy();
        var text = File.ReadAllText(manifest);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(manifest, text.Replace(old, changed, StringComparison.Ordinal));

        Assert.Contains(
            named, Assert.Throws<InvalidDataException>(() => OnnxModels.Open(path: manifest)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_under_anothers_name_is_refused_by_its_ports()
    {
        var manifest = OnnxModels.Copy();
        var folder = Path.GetDirectoryName(manifest)!;
        File.Copy(Path.Combine(folder, "prelude.onnx"), Path.Combine(folder, "core.onnx"), overwrite: true);
        OnnxModels.Rehash(manifest, "core.onnx");

        var message = Assert.Throws<InvalidDataException>(() => OnnxModels.Open(path: manifest)).Message;
        Assert.Contains("core.onnx", message, StringComparison.Ordinal);
        Assert.Contains("'state'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_graph_are_refused()
    {
        var manifest = OnnxModels.Copy();
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(manifest)!, "coda.onnx"), "no graph");
        OnnxModels.Rehash(manifest, "coda.onnx");

        Assert.Contains(
            "coda.onnx", Assert.Throws<InvalidDataException>(() => OnnxModels.Open(path: manifest)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vocabulary_without_an_end_is_refused()
    {
        var manifest = OnnxModels.Copy();
        var path = Path.Combine(Path.GetDirectoryName(manifest)!, "vocab.txt");
        File.WriteAllText(path, File.ReadAllText(path).Replace("<|im_end|>", "<|other|>", StringComparison.Ordinal));
        OnnxModels.Rehash(manifest, "vocab.txt");

        Assert.Contains(
            "<|im_end|>", Assert.Throws<InvalidDataException>(() => OnnxModels.Open(path: manifest)).Message, StringComparison.Ordinal);
    }
}
