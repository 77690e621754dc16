using System.Runtime.InteropServices;

namespace CognitiveTools.Chat.Schemas;

/// <summary>
/// In how many ways one text can be read at the same time, at most, by what it begins with. llama.cpp goes all of them with every
/// character and looks through them all for equal ones.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Ways(int Objects, int Arrays, int Strings, int Others)
{
    public int Total => Objects + Arrays + Strings + Others;

    public static Ways operator +(Ways left, Ways right) =>
        new(left.Objects + right.Objects, left.Arrays + right.Arrays, left.Strings + right.Strings, left.Others + right.Others);

    /// <summary>Whether a text may begin as either does.</summary>
    public bool Overlaps(Ways other) =>
        (Objects > 0 && other.Objects > 0) || (Arrays > 0 && other.Arrays > 0)
        || (Strings > 0 && other.Strings > 0) || (Others > 0 && other.Others > 0);
}
