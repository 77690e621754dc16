using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Token lists of unequal length as one rectangle.</summary>
internal static class Padded
{
    /// <summary>Padding on the left, so that all lists end in one column.</summary>
    public static (Tensor Ids, LeftPadding Padding) Left(IReadOnlyList<IReadOnlyList<int>> lists)
    {
        var width = lists.Max(static list => list.Count);
        var ids = new long[lists.Count * width];
        for (var row = 0; row < lists.Count; row++)
        {
            for (var i = 0; i < lists[row].Count; i++)
                ids[(row + 1) * width - lists[row].Count + i] = lists[row][i];
        }

        return (tensor(ids, lists.Count, width), new LeftPadding(width, [.. lists.Select(list => width - list.Count)]));
    }

    /// <summary>Padding on the right.</summary>
    public static Tensor Right(IReadOnlyList<IReadOnlyList<int>> lists)
    {
        var width = lists.Max(static list => list.Count);
        var ids = new long[lists.Count * width];
        for (var row = 0; row < lists.Count; row++)
        {
            for (var i = 0; i < lists[row].Count; i++)
                ids[row * width + i] = lists[row][i];
        }

        return tensor(ids, lists.Count, width);
    }
}

/// <summary>Where a left-padded rectangle holds nothing.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Empty">Empty columns of each row.</param>
internal sealed record LeftPadding(int Width, IReadOnlyList<int> Empty)
{
    /// <summary>True where a key must not be seen, rows x columns; columns behind the rectangle are seen.</summary>
    public Tensor Hide(int columns)
    {
        var hide = new bool[Empty.Count * columns];
        for (var row = 0; row < Empty.Count; row++)
            hide.AsSpan(row * columns, Empty[row]).Fill(true);
        return tensor(hide, Empty.Count, columns);
    }
}
