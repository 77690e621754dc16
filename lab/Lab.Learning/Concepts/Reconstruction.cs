using CognitiveTools.Lab.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Concepts;

/// <summary>Which lines a coder writes exactly as it read them.</summary>
internal static class Reconstruction
{
    private const int LinesAtOnce = 512;

    /// <summary>For each line whether it comes back token by token.</summary>
    /// <param name="coder">The coder.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="stop">The token that ends a line.</param>
    /// <param name="change">What becomes of the codes on the way; nothing by default.</param>
    public static bool[] Exact(LineCoder coder, IReadOnlyList<IReadOnlyList<int>> lines, int stop, Func<Tensor, Tensor>? change = null)
    {
        var exact = new List<bool>();
        foreach (var part in lines.Chunk(LinesAtOnce))
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var codes = coder.Encode(part);
            var decoded = coder.Decode(change is null ? codes : change(codes), stop);
            exact.AddRange(part.Zip(decoded, static (line, back) => line.SequenceEqual(back)));
        }

        return [.. exact];
    }

    /// <summary>The codes of lines, lines x code.</summary>
    public static Tensor Codes(LineCoder coder, IReadOnlyList<IReadOnlyList<int>> lines)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return cat([.. lines.Chunk(LinesAtOnce).Select(part => coder.Encode(part))]).DetachFromDisposeScope();
    }
}
