using System.Globalization;
using System.Text.RegularExpressions;

namespace CognitiveTools.Llama.Devices;

/// <summary>The files that hold the weights of a model: one, or the parts of a split model.</summary>
internal static partial class WeightFiles
{
    /// <summary>Bytes of the weights.</summary>
    /// <param name="path">The file that is loaded; the first part of a split model.</param>
    /// <param name="own">Bytes of the weights in that file.</param>
    /// <returns>The sum of all parts that are there; llama.cpp names a missing one when it loads them.</returns>
    public static long Bytes(string path, long own)
    {
        var match = Part().Match(Path.GetFileName(path));
        if (!match.Success)
            return own;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        var bytes = own;
        for (var part = 2; part <= count; part++)
        {
            var file = new FileInfo(Path.Combine(folder, $"{match.Groups["name"].Value}-{part:00000}-of-{count:00000}.gguf"));
            bytes += file.Exists ? file.Length : 0;
        }

        return bytes;
    }

    [GeneratedRegex(@"^(?<name>.+)-00001-of-(?<count>\d{5})\.gguf$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
