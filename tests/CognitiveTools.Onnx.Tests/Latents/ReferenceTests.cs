using System.Reflection;
using System.Text.Json;
using CognitiveTools.Depth;

namespace CognitiveTools.Onnx.Tests.Latents;

/// <summary>
/// The graphs and our caches against the Python code that trained the model: logits that it computed once, in PyTorch 1.13 and float32
/// (<c>git show e49f8021:models/training/recurrent_export.py</c>).
/// </summary>
public sealed class ReferenceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(8)]
    [InlineData(1)]
    public async Task The_twin_predicts_what_it_predicts_in_PyTorch_at_every_depth_and_in_pieces(int piece)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("twin.json")!;
        using var reference = await JsonDocument.ParseAsync(stream, cancellationToken: Token);
        var tokens = reference.RootElement.GetProperty("tokens").Deserialize<int[]>()!;
        using var model = OnnxModels.Open(path: OnnxModels.Twin);
        foreach (var expected in reference.RootElement.GetProperty("logits").EnumerateObject())
        {
            await using var sequence = model.Begin(
                new FixedDepth(int.Parse(expected.Name, System.Globalization.CultureInfo.InvariantCulture)));
            ReadOnlyMemory<float> logits = default;
            foreach (var part in tokens.Chunk(piece))
                logits = (await sequence.AppendAsync(part, Token)).Logits;

            var wanted = expected.Value.Deserialize<float[]>()!;
            Assert.Equal(wanted.Length, logits.Length);
            for (var i = 0; i < wanted.Length; i++)
                Assert.Equal(wanted[i], logits.Span[i], 1e-3f);
        }
    }

    [Fact]
    public async Task Logits_are_products_of_the_hidden_state_with_the_embeddings()
    {
        using var model = OnnxModels.Open();
        await using var sequence = model.Begin();
        var (hidden, logits) = await sequence.AppendAsync(model.Tokenizer.Encode("3 +4"), Token);
        var row = new float[model.EmbeddingLength];
        for (var token = 0; token < model.VocabularySize; token++)
        {
            model.Embeddings.CopyRow(token, row);
            Assert.Equal(System.Numerics.Tensors.TensorPrimitives.Dot(row, hidden.Span), logits.Span[token], 1e-3f);
        }
    }
}
