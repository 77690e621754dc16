using System.Runtime.InteropServices;

namespace CognitiveTools.Chat.Schemas;

/// <summary>
/// The largest number of parses of one text that are open at the same time, by the kind of value that the text begins with.
/// llama.cpp advances all of them with every character and compares each with all others.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ParallelParses(int Objects, int Arrays, int Strings, int Others)
{
    public int Total => Objects + Arrays + Strings + Others;

    public static ParallelParses operator +(ParallelParses left, ParallelParses right) =>
        new(left.Objects + right.Objects, left.Arrays + right.Arrays, left.Strings + right.Strings, left.Others + right.Others);

    /// <summary>Whether a text may begin in a way that both allow.</summary>
    public bool Overlaps(ParallelParses other) =>
        (Objects > 0 && other.Objects > 0) || (Arrays > 0 && other.Arrays > 0)
        || (Strings > 0 && other.Strings > 0) || (Others > 0 && other.Others > 0);
}
