namespace CognitiveTools.Lab.Tests.Packing;

/// <summary>
/// The trainer's decoder written out naively: RMSNorm, rotary positions on neighbouring elements, grouped attention,
/// SwiGLU, tied output. It shares no code with the packer, so it tells whether names, shapes and conventions arrived.
/// </summary>
internal static class ReferenceDecoder
{
    private const int HeadSize = PackFixture.Width / PackFixture.Heads;
    private const double Epsilon = 1e-5, RopeBase = 10000;

    /// <param name="model">The weights.</param>
    /// <param name="tokens">The text.</param>
    /// <param name="behind">Called behind each layer with its number and the rows, which it may change.</param>
    public static float[] Logits(PackFixture model, int[] tokens, Action<int, double[][]>? behind = null)
    {
        var embedding = Weights("model.embed_tokens");
        var rows = Array.ConvertAll(tokens, t => embedding[(t * PackFixture.Width)..((t + 1) * PackFixture.Width)]);
        for (var layer = 0; layer < PackFixture.Layers; layer++)
        {
            var prefix = $"model.layers.{layer}.";
            var normed = Array.ConvertAll(rows, r => Norm(r, Weights(prefix + "input_layernorm")));
            var queries = Project(normed, prefix + "self_attn.q_proj", rotate: true);
            var keys = Project(normed, prefix + "self_attn.k_proj", rotate: true);
            var values = Project(normed, prefix + "self_attn.v_proj", rotate: false);
            for (var i = 0; i < rows.Length; i++)
                rows[i] = Add(rows[i], Multiply(Weights(prefix + "self_attn.o_proj"), Attend(queries[i], keys, values, i)));
            for (var i = 0; i < rows.Length; i++)
            {
                var x = Norm(rows[i], Weights(prefix + "post_attention_layernorm"));
                var gate = Multiply(Weights(prefix + "mlp.gate_proj"), x);
                var up = Multiply(Weights(prefix + "mlp.up_proj"), x);
                var inner = gate.Zip(up, static (g, u) => g / (1 + Math.Exp(-g)) * u).ToArray();
                rows[i] = Add(rows[i], Multiply(Weights(prefix + "mlp.down_proj"), inner));
            }
            behind?.Invoke(layer, rows);
        }
        return Array.ConvertAll(Multiply(embedding, Norm(rows[^1], Weights("model.norm"))), static v => (float)v);

        double[] Weights(string name) => Array.ConvertAll(model.Tensors[name + ".weight"].Values, static v => (double)v);

        double[][] Project(double[][] inputs, string name, bool rotate)
        {
            var projected = Array.ConvertAll(inputs, x => Multiply(Weights(name), x));
            if (rotate)
                for (var position = 0; position < projected.Length; position++)
                    Rotate(projected[position], position);
            return projected;
        }
    }

    private static void Rotate(double[] row, int position)
    {
        for (var i = 0; i < row.Length; i += 2)
        {
            var angle = position * Math.Pow(RopeBase, -(double)(i % HeadSize) / HeadSize);
            (row[i], row[i + 1]) =
                (row[i] * Math.Cos(angle) - row[i + 1] * Math.Sin(angle), row[i] * Math.Sin(angle) + row[i + 1] * Math.Cos(angle));
        }
    }

    private static double[] Attend(double[] query, double[][] keys, double[][] values, int last)
    {
        var mixed = new double[query.Length];
        for (var head = 0; head < PackFixture.Heads; head++)
        {
            var shared = head / (PackFixture.Heads / PackFixture.KvHeads) * HeadSize;
            var scores = new double[last + 1];
            for (var j = 0; j <= last; j++)
                for (var d = 0; d < HeadSize; d++)
                    scores[j] += query[head * HeadSize + d] * keys[j][shared + d] / Math.Sqrt(HeadSize);
            var weights = scores.Select(s => Math.Exp(s - scores.Max())).ToArray();
            for (var j = 0; j <= last; j++)
                for (var d = 0; d < HeadSize; d++)
                    mixed[head * HeadSize + d] += weights[j] / weights.Sum() * values[j][shared + d];
        }
        return mixed;
    }

    private static double[] Norm(double[] x, double[] weight)
    {
        var scale = 1 / Math.Sqrt(x.Sum(static v => v * v) / x.Length + Epsilon);
        return x.Zip(weight, (v, w) => v * scale * w).ToArray();
    }

    private static double[] Multiply(double[] matrix, double[] x)
        => [.. Enumerable.Range(0, matrix.Length / x.Length).Select(row => x.Select((v, i) => v * matrix[row * x.Length + i]).Sum())];

    private static double[] Add(double[] a, double[] b) => a.Zip(b, static (x, y) => x + y).ToArray();
}
