using System.Globalization;
using System.Text.RegularExpressions;

namespace CognitiveTools.Models.Names;

/// <summary>
/// The name of one part of a split GGUF model, <c>STEM-00002-of-00003.gguf</c>. llama.cpp finds the other parts by this form.
/// </summary>
/// <param name="Stem">What is before the numbers; may be empty.</param>
/// <param name="Part">The part's number, from 1 to <paramref name="Count"/>.</param>
/// <param name="Count">The number of parts; 1 for a model that its maker named so although it is one file.</param>
/// <param name="Ending">The ending as written: <c>.gguf</c> in any case of letters.</param>
internal sealed partial record SplitFileName(string Stem, int Part, int Count, string Ending)
{
    /// <summary>The name of every part, in order.</summary>
    public IEnumerable<string> Names => Enumerable.Range(1, Count).Select(NameOf);

    /// <summary>Reads a file's name without its folder; <see langword="null"/> when it does not have the form.</summary>
    public static SplitFileName? Parse(string name)
    {
        if (Form().Match(name) is not { Success: true } match)
            return null;
        var part = int.Parse(match.Groups["part"].ValueSpan, CultureInfo.InvariantCulture);
        var count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        return part >= 1 && part <= count ? new(match.Groups["stem"].Value, part, count, match.Groups["ending"].Value) : null;
    }

    /// <summary>The files of a model in order: all parts when the path names one part of several, else the path alone.</summary>
    /// <param name="path">A path with the system's or with forward separators.</param>
    public static IReadOnlyList<string> FilesOf(string path)
    {
        var start = path.AsSpan().LastIndexOfAny('/', Path.DirectorySeparatorChar) + 1;
        return Parse(path[start..]) is { Count: > 1 } split ? [.. split.Names.Select(name => path[..start] + name)] : [path];
    }

    private string NameOf(int part) => string.Create(CultureInfo.InvariantCulture, $"{Stem}-{part:00000}-of-{Count:00000}{Ending}");

    [GeneratedRegex(
        @"\A(?<stem>.*)-(?<part>[0-9]{5})-of-(?<count>[0-9]{5})(?<ending>\.gguf)\z",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
