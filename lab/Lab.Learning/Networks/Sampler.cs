using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Continues prompts in batches, greedily or at a temperature, with thoughts between prompt and text when asked.</summary>
/// <param name="network">The network.</param>
/// <param name="stop">The token that ends a text.</param>
internal sealed class Sampler(Decoder network, int stop)
{
    private const int RowsAtOnce = 128;

    /// <summary>Most tokens of a text.</summary>
    public int Limit { get; init; } = 128;

    /// <summary>Greedy by default.</summary>
    public Temperatures Temperature { get; init; }

    /// <summary>Draws the tokens when the temperature is above 0; one draw a row and token.</summary>
    public SeededRandom? Random { get; init; }

    /// <summary>Texts of each prompt, which goes through the network once for all of them.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Latent positions between prompt and text.</summary>
    public int Thoughts { get; init; }

    /// <summary>From the last hidden states (rows x 1 x width) the next inputs; the hidden states themselves by default.</summary>
    public Func<Tensor, Tensor> Think { get; init; } = static hidden => hidden;

    /// <summary>
    /// From the numbers of some texts what is added to their thoughts, texts x thoughts x width. The copies of a prompt then think thoughts
    /// of their own; without it they share them.
    /// </summary>
    public Func<IReadOnlyList<int>, Tensor>? Noise { get; init; }

    /// <summary>Tokens that are fed behind the thoughts.</summary>
    public IReadOnlyList<int> After { get; init; } = [];

    /// <summary>The texts of each prompt, one behind the other, without the tokens that ended them.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Continue(IReadOnlyList<IReadOnlyList<int>> prompts)
    {
        // Neighbours in length together, so that little is padding.
        var order = Enumerable.Range(0, prompts.Count).OrderBy(i => prompts[i].Count).ToArray();
        var texts = new IReadOnlyList<int>[prompts.Count * Copies];
        foreach (var rows in order.Chunk(Math.Max(1, RowsAtOnce / Copies)))
        {
            var found = ContinueTogether([.. rows.Select(row => prompts[row])], [.. rows.SelectMany(Texts)]);
            for (var i = 0; i < found.Length; i++)
                texts[rows[i / Copies] * Copies + i % Copies] = found[i];
        }

        return texts;

        IEnumerable<int> Texts(int row) => Enumerable.Range(row * Copies, Copies);
    }

    private List<int>[] ContinueTogether(IReadOnlyList<IReadOnlyList<int>> prompts, IReadOnlyList<int> numbers)
    {
        using var scope = NewDisposeScope();
        using var frozen = inference_mode(true);
        var (ids, padding) = Padded.Left(prompts);
        var room = padding.Width + Thoughts + After.Count + Limit;
        var hide = padding.Hide(room).to(network.Device);
        var cache = new FixedCache(network.Shape, prompts.Count, room, network.Device);
        var hidden = Last(network.Forward(network.Embed(ids.to(network.Device)), cache, hide, from: padding.Width - 1));
        var noise = Thoughts > 0 ? Noise?.Invoke(numbers) : null;
        if (noise is not null)
            Multiply();
        for (var i = 0; i < Thoughts; i++)
            hidden = network.Forward(noise is null ? Think(hidden) : Think(hidden).Plus(noise.narrow(1, i, 1)), cache, hide);
        if (After.Count > 0)
        {
            var fed = tensor(After.Select(static token => (long)token).ToArray(), device: network.Device);
            hidden = network.Forward(network.Embed(fed).unsqueeze(0).expand(hidden.shape[0], -1, -1), cache, hide);
        }

        var rows = Enumerable.Range(0, prompts.Count * Copies).ToArray();
        var (texts, done) = (Array.ConvertAll(rows, static _ => new List<int>()), new bool[rows.Length]);
        hidden = Last(hidden);
        if (noise is null)
            Multiply();
        for (var step = 0; step < Limit; step++)
        {
            using var inner = NewDisposeScope();
            var chosen = Choose(network.Logits(hidden.squeeze(1)), Temperature.At(step));
            var tokens = chosen.cpu().data<long>().ToArray();
            for (var i = 0; i < rows.Length; i++)
            {
                done[rows[i]] |= tokens[i] == stop;
                if (!done[rows[i]])
                    texts[rows[i]].Add((int)tokens[i]);
            }

            var open = Enumerable.Range(0, rows.Length).Where(i => !done[rows[i]]).ToArray();
            if (open.Length == 0)
                break;
            if (open.Length * 2 <= rows.Length)
            {
                var kept = tensor(open.Select(static i => (long)i).ToArray(), device: network.Device);
                cache.Keep(kept);
                hide = hide.index_select(0, kept).MoveToOuterDisposeScope();
                chosen = chosen.index_select(0, kept);
                rows = [.. open.Select(i => rows[i])];
            }

            hidden = network.Forward(network.Embed(chosen.unsqueeze(1)), cache, hide).MoveToOuterDisposeScope();
        }

        return texts;

        void Multiply()
        {
            if (Copies == 1)
                return;
            using var inner = NewDisposeScope();
            var copied = tensor([.. Enumerable.Range(0, numbers.Count).Select(row => (long)row / Copies)], device: network.Device);
            cache.Keep(copied);
            hide = hide.index_select(0, copied).MoveToOuterDisposeScope();
            hidden = hidden.index_select(0, copied).MoveToOuterDisposeScope();
        }
    }

    private Tensor Choose(Tensor logits, double temperature)
    {
        if (temperature <= 0)
            return logits.argmax(-1);
        var random = Random ?? throw new InvalidOperationException("A temperature above 0 needs Random; set it.");
        var draws = new float[logits.shape[0]];
        foreach (ref var draw in draws.AsSpan())
            draw = random.NextSingle();
        var sums = nn.functional.softmax(logits.div(Scalars.Of(temperature)), -1).cumsum(-1);
        return (sums <= tensor(draws, device: network.Device).unsqueeze(1)).sum(-1)
            .clamp(Scalars.Of(0), Scalars.Of(network.Shape.Vocabulary - 1));
    }

    private static Tensor Last(Tensor hidden) => hidden.narrow(1, hidden.shape[1] - 1, 1);
}
