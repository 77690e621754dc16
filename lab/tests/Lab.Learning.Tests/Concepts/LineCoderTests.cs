using CognitiveTools.Lab.Learning.Concepts;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Learning.Tests.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Concepts;

public sealed class LineCoderTests
{
    private const double Noise = 0.4;

    private readonly LineReconstruction _objective = new(ConceptCorpus.Table, ConceptCorpus.Cutter.Stop, Noise);

    [Fact]
    public void Gradients_are_those_of_central_differences()
    {
        using var coder = ConceptCorpus.Coder();
        SmallNetwork.CheckGradients(coder.Parameters, () => _objective.Loss(coder, ConceptCorpus.Batch, new SeededRandom(9)));
    }

    [Fact]
    public void The_loss_is_that_of_each_line_read_and_written_alone_token_by_token()
    {
        using var scope = NewDisposeScope();
        using var coder = ConceptCorpus.Coder();
        var (table, random) = (ConceptCorpus.Table, new SeededRandom(9));
        int[] lines = [.. ConceptCorpus.Batch.Rows.SelectMany(row => table[row].Question.Concat(table[row].Solution)).Distinct()];
        var noise = NormalNoise.Of([lines.Length, ConceptCorpus.Code], random, ScalarType.Float64, CPU);
        var scales = lines.Select(_ => (double)(float)(Noise * random.NextDouble())).ToArray();
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = table.Lines[lines[i]];
            var code = coder.Encode([line]) + noise[i].unsqueeze(0) * scales[i];
            for (var at = 0; at <= line.Count; at++, count++)
            {
                var before = tensor(line.Take(at).Select(static token => (long)token).ToArray(), 1, at);
                var shares = nn.functional.log_softmax(coder.Logits(coder.Write(code, before)[0, at]), 0);
                sum -= shares[at < line.Count ? line[at] : ConceptCorpus.Cutter.Stop].item<double>();
            }
        }

        Assert.Equal(sum / count, _objective.Loss(coder, ConceptCorpus.Batch, new SeededRandom(9)).item<double>(), 1e-9);
    }

    [Fact]
    public void What_is_decoded_is_what_the_decoder_finds_most_probable_token_by_token()
    {
        using var scope = NewDisposeScope();
        using var coder = ConceptCorpus.Coder();
        var codes = coder.Encode(ConceptCorpus.Table.Lines);
        var decoded = coder.Decode(codes, ConceptCorpus.Cutter.Stop);
        for (var row = 0; row < decoded.Length; row++)
        {
            var ids = tensor(decoded[row].Select(static token => (long)token).ToArray(), 1, decoded[row].Count);
            var wanted = coder.Logits(coder.Write(codes.narrow(0, row, 1), ids)).argmax(-1).data<long>().ToArray();
            var ended = decoded[row].Count < coder.Shape.Context;
            Assert.Equal([.. decoded[row].Select(static token => (long)token), .. ended ? (long[])[ConceptCorpus.Cutter.Stop] : []],
                ended ? wanted : wanted[..^1]);
        }
    }

    [Fact]
    public void A_code_has_the_mean_square_1()
    {
        using var scope = NewDisposeScope();
        using var coder = ConceptCorpus.Coder();
        Assert.All(
            coder.Encode(ConceptCorpus.Table.Lines).square().mean([1]).data<double>().ToArray(),
            static square => Assert.Equal(1, square, 1e-2));
    }

    [Fact]
    public void A_coder_learns_to_write_lines_exactly_even_unlike_codes_do_not()
    {
        using var coder = new LineCoder(
            new LineCoderShape(ConceptCorpus.Words.Count, 32, 1, 2, 32, 32, 32), new SeededRandom(5));
        using var optimizer = new CognitiveTools.Lab.Learning.Runs.AdamW([coder.Parameters], 0);
        var lines = ConceptCorpus.Table.Lines;
        Assert.True(Share(Reconstruction.Exact(coder, lines, ConceptCorpus.Cutter.Stop)) < 0.5);
        for (var step = 0; step < 300; step++)
        {
            using var scope = NewDisposeScope();
            _objective.Loss(coder, new(ConceptCorpus.File, [.. Enumerable.Range(0, 24)]), new SeededRandom((ulong)step)).backward();
            optimizer.Step(0.005);
        }

        Assert.True(Share(Reconstruction.Exact(coder, lines, ConceptCorpus.Cutter.Stop)) > 0.9);
        Assert.True(Share(Reconstruction.Exact(coder, lines, ConceptCorpus.Cutter.Stop, static codes => codes.roll(1, 0))) < 0.2);

        static double Share(bool[] exact) => exact.Average(static one => one ? 1.0 : 0);
    }
}
