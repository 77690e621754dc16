using CognitiveTools.Llama.Gguf;
using CognitiveTools.TestModels;

namespace CognitiveTools.Llama.Tests.Models;

/// <summary>
/// HRM-Text (arXiv 2605.20613) written out naively: z_L = L(z_L + z_H) several times, then z_H = H(z_H + z_L), again and
/// again; pre-norm layers without norm weights, sigmoid-gated attention, rotary positions on halves.
/// </summary>
internal sealed class HrmReference : IDisposable
{
    private const int HeadSize = TinyHrmModel.Width / TinyHrmModel.Heads;

    private readonly GgufFile _file;
    private readonly Dictionary<string, double[][]> _weights = new(StringComparer.Ordinal);

    public HrmReference(string path) => _file = GgufFile.Open(path);

    public float[] Logits(int[] tokens, int highCycles, int lowCycles, double embeddingScale = TinyHrmModel.EmbeddingScale)
    {
        var high = tokens.Select(t => Weights("token_embd.weight")[t].Select(v => v * embeddingScale).ToArray()).ToArray();
        var low = tokens.Select(_ => Weights("hrm.z_l_init")[0]).ToArray();
        for (var h = 0; h < highCycles; h++)
        {
            for (var l = 0; l < lowCycles; l++)
                low = Stack(Add(high, low), first: 0);
            high = Stack(Add(high, low), TinyHrmModel.LayersPerStack);
        }

        return [.. Weights("token_embd.weight").Select(row => (float)Dot(row, high[^1]))];
    }

    public void Dispose() => _file.Dispose();

    private double[][] Stack(double[][] rows, int first)
    {
        for (var layer = first; layer < first + TinyHrmModel.LayersPerStack; layer++)
        {
            var block = $"blk.{layer}.";
            var normed = rows.Select(Norm).ToArray();
            var queries = normed.Select((x, position) => Rotate(Multiply(block + "attn_q.weight", x), position)).ToArray();
            var keys = normed.Select((x, position) => Rotate(Multiply(block + "attn_k.weight", x), position)).ToArray();
            var values = normed.Select(x => Multiply(block + "attn_v.weight", x)).ToArray();
            rows = [.. rows.Select((row, i) =>
            {
                var gate = Multiply(block + "attn_gate.weight", normed[i]);
                var gated = Attend(queries[i], keys, values, i).Select((v, d) => v / (1 + Math.Exp(-gate[d]))).ToArray();
                return Add(row, Multiply(block + "attn_output.weight", gated));
            })];
            rows = [.. rows.Select(row =>
            {
                var x = Norm(row);
                var up = Multiply(block + "ffn_up.weight", x);
                var gate = Multiply(block + "ffn_gate.weight", x);
                return Add(row, Multiply(block + "ffn_down.weight", [.. gate.Select((g, d) => g / (1 + Math.Exp(-g)) * up[d])]));
            })];
        }

        return [.. rows.Select(Norm)];
    }

    private static double[] Attend(double[] query, double[][] keys, double[][] values, int last)
    {
        var mixed = new double[query.Length];
        for (var head = 0; head < TinyHrmModel.Heads; head++)
        {
            var shared = head / (TinyHrmModel.Heads / TinyHrmModel.KvHeads) * HeadSize;
            var scores = Enumerable
                .Range(0, last + 1)
                .Select(j => Enumerable.Range(0, HeadSize).Sum(d => query[head * HeadSize + d] * keys[j][shared + d]) / Math.Sqrt(HeadSize))
                .ToArray();
            var weights = scores.Select(s => Math.Exp(s - scores.Max())).ToArray();
            for (var j = 0; j <= last; j++)
                for (var d = 0; d < HeadSize; d++)
                    mixed[head * HeadSize + d] += weights[j] / weights.Sum() * values[j][shared + d];
        }

        return mixed;
    }

    private static double[] Rotate(double[] row, int position)
    {
        var rotated = (double[])row.Clone();
        for (var start = 0; start < row.Length; start += HeadSize)
        {
            for (var i = 0; i < HeadSize / 2; i++)
            {
                var angle = position * Math.Pow(10000, -2.0 * i / HeadSize);
                var (a, b) = (row[start + i], row[start + i + HeadSize / 2]);
                rotated[start + i] = a * Math.Cos(angle) - b * Math.Sin(angle);
                rotated[start + i + HeadSize / 2] = a * Math.Sin(angle) + b * Math.Cos(angle);
            }
        }

        return rotated;
    }

    private static double[] Norm(double[] x) =>
        Math.Sqrt(x.Sum(v => v * v) / x.Length + 1e-5) is var scale ? [.. x.Select(v => v / scale)] : x;

    private static double[][] Add(double[][] a, double[][] b) => [.. a.Zip(b, Add)];

    private static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private double[] Multiply(string name, double[] x) => [.. Weights(name).Select(row => Dot(row, x))];

    private double[][] Weights(string name)
    {
        if (_weights.TryGetValue(name, out var known))
            return known;
        using var reader = _file.OpenTensor(name);
        var row = new float[reader.Tensor.RowLength];
        return _weights[name] = [.. Enumerable.Range(0, (int)reader.Tensor.RowCount).Select(i =>
        {
            reader.ReadRow(i, row);
            return Array.ConvertAll(row, static v => (double)v);
        })];
    }
}
