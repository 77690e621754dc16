using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using CognitiveTools.Text;

namespace CognitiveTools.Cli;

/// <summary>The values that an option with a number takes, both ends included. A value beyond its type is outside the range.</summary>
internal sealed class NumberRange
{
    private readonly Func<string, (string Shown, bool IsInside)?> _read;

    private NumberRange(string text, Func<string, (string Shown, bool IsInside)?> read) => (Text, _read) = (text, read);

    /// <summary>The range in words: "a whole number from 1 to 1,024".</summary>
    public string Text { get; }

    /// <summary>The range of one type of number.</summary>
    public static NumberRange Of<T>(T least, T most)
        where T : struct, INumber<T>
    {
        if (HasFractions<T>())
            return new(Words("a number", least, most), text => ReadFraction(text, least, most));
        var (from, to) = (BigInteger.CreateChecked(least), BigInteger.CreateChecked(most));
        return new(Words("a whole number", least, most), text => ReadWhole(text, from, to));
    }

    /// <summary>Whether a text is a number of the range; <see langword="null"/> when the text is not a number.</summary>
    public bool? Contains(string text) => _read(text)?.IsInside;

    /// <summary>Adds an error for each value outside the range. The option's own parser reports texts that are not numbers.</summary>
    public void Check(OptionResult result)
    {
        foreach (var token in result.Tokens)
        {
            if (_read(token.Value) is { IsInside: false, Shown: var shown })
                result.AddError($"{result.Option.Name} is {shown}; it must be {Text}.");
        }
    }

    private static (string Shown, bool IsInside)? ReadFraction<T>(string text, T least, T most)
        where T : struct, INumber<T> =>
        T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && T.IsFinite(value)
            ? (string.Create(CultureInfo.InvariantCulture, $"{value}"), value >= least && value <= most)
            : null;

    private static (string Shown, bool IsInside)? ReadWhole(string text, BigInteger least, BigInteger most) =>
        BigInteger.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            ? (TerminalText.Excerpt(value.ToString(CultureInfo.InvariantCulture)), value >= least && value <= most)
            : null;

    private static string Words<T>(string kind, T least, T most)
        where T : struct, INumber<T> => string.Create(CultureInfo.InvariantCulture, $"{kind} from {least:#,0.###} to {most:#,0.###}");

    private static bool HasFractions<T>()
        where T : struct, INumber<T> => !T.IsInteger(T.One / (T.One + T.One));
}
