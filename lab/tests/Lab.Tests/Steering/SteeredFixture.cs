using CognitiveTools.Lab.Tests.Packing;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Steering;

namespace CognitiveTools.Lab.Tests.Steering;

/// <summary>A packed random model, a control vector for its one layer that can be steered, and both computed by hand.</summary>
internal sealed class SteeredFixture : IDisposable
{
    private readonly PackFixture _weights = new(seed: 3);

    public SteeredFixture()
    {
        Model = LlamaModel.Load(new() { Path = _weights.Pack(static o => o with { Type = GgufTensorType.F32 }).Path });
        var random = new Random(4);
        Vector = new(
            [KeyValuePair.Create(1, Enumerable.Range(0, PackFixture.Width).Select(_ => (float)(random.NextDouble() * 6 - 3)).ToArray())]);
    }

    public LlamaModel Model { get; }

    public ControlVector Vector { get; }

    /// <summary>The residual stream behind each layer at the last token.</summary>
    public double[][] States(int[] tokens)
    {
        var states = new double[PackFixture.Layers][];
        ReferenceDecoder.Logits(_weights, tokens, (layer, rows) => states[layer] = (double[])rows[^1].Clone());
        return states;
    }

    /// <summary>The greedy continuation with strengths by step, and the margin of each token.</summary>
    public (int[] Tokens, double[] Margins) Continue(int[] prompt, int count, Func<int, float> strength)
    {
        var text = prompt.ToList();
        var margins = new List<double>();
        while (margins.Count < count)
        {
            var logits = ReferenceDecoder.Logits(_weights, [.. text], (layer, rows) =>
            {
                for (var i = prompt.Length - 1; layer == 1 && i < rows.Length; i++)
                    for (var j = 0; j < rows[i].Length; j++)
                        rows[i][j] += strength(i - prompt.Length + 1) * Vector.Direction(1)[j];
            });
            var shares = logits.Select(l => Math.Exp((double)l - logits.Max())).ToArray();
            var best = shares.OrderDescending().Take(2).Select(s => s / shares.Sum()).ToArray();
            margins.Add(best[0] - best[1]);
            text.Add(Array.IndexOf(logits, logits.Max()));
        }

        return ([.. text.Skip(prompt.Length)], [.. margins]);
    }

    public void Dispose()
    {
        Model.Dispose();
        _weights.Dispose();
    }
}
