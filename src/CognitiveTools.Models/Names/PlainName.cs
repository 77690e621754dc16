namespace CognitiveTools.Models.Names;

/// <summary>Tests whether a name can be one part of a path on any system, so that it cannot lead to another folder.</summary>
internal static class PlainName
{
    private const int Longest = 200; // bytes; common file systems accept 255, which leaves room for an ending

    private static readonly System.Buffers.SearchValues<char> Forbidden = System.Buffers.SearchValues.Create("/\\:*?\"<>|");

    // Windows opens devices by these names, with any extension.
    private static readonly string[] Devices =
    [
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        .. Enumerable.Range(0, 10).SelectMany(static i => (string[])[$"COM{i}", $"LPT{i}"]),
    ];

    /// <summary>The rule for names, for messages.</summary>
    public const string Rule = "must be a plain file name: no folder, no control character, none of : * ? \" < > |, "
        + "no '.' or space at the end, no device of Windows, at most 200 bytes";

    /// <summary>Whether a text follows the rule.</summary>
    public static bool Fits(string name) =>
        name.Length > 0
        && System.Text.Encoding.UTF8.GetByteCount(name) <= Longest
        && !name.AsSpan().ContainsAny(Forbidden)
        && !name.Any(char.IsControl)
        && name[^1] is not ('.' or ' ')
        && name[0] != ' '
        && !Devices.Contains(name.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase);
}
