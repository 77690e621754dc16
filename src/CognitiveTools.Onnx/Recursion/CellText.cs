namespace CognitiveTools.Onnx.Recursion;

/// <summary>Puzzles as text: one character for each cell, its value as a digit, or a point where it is open.</summary>
internal static class CellText
{
    private const char Open = '.';

    /// <summary>The cells; 0 for an open one.</summary>
    /// <exception cref="FormatException">The text is not such a puzzle.</exception>
    public static long[] Parse(string text, int side)
    {
        text = text.Trim();
        if (text.Length != side || text.Any(cell => cell != Open && (cell < '1' || cell > '0' + side)))
        {
            throw new FormatException(
                $"This model reads boards of {side} queens alone: {side} characters, row by row the column of its queen from 1 to {side}, "
                + $"or a point where it is missing, for instance {Example(side)}.");
        }

        return [.. text.Select(static cell => cell == Open ? 0L : cell - '0')];
    }

    /// <summary>The value of each cell that scores highest, as text.</summary>
    /// <param name="scores">cells x values.</param>
    /// <param name="side">Cells, and values of each.</param>
    public static string Best(ReadOnlySpan<float> scores, int side)
    {
        var text = new char[side];
        for (var cell = 0; cell < side; cell++)
            text[cell] = (char)('1' + System.Numerics.Tensors.TensorPrimitives.IndexOfMax(scores.Slice(cell * side, side)));
        return new string(text);
    }

    private static string Example(int side) => new string(Open, side - 1) + "2";
}
