using System.Globalization;
using System.Text.RegularExpressions;

namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>A line of a worked solution: one arithmetic primitive, such as <c>45+4=49</c>, that can be checked by itself.</summary>
internal static partial class PrimitiveLine
{
    /// <summary>
    /// The lines of a solution, one for each primitive: <c>5*9=45+4=49%11=5</c> is <c>5*9=45</c>, <c>45+4=49</c>, <c>49%11=5</c>. A step
    /// that is no arithmetic, as the naming of a value, stays a line.
    /// </summary>
    public static IEnumerable<string> Of(IEnumerable<string> steps) =>
        steps.SelectMany(static step => step.Split(',')).SelectMany(static chain =>
        {
            var parts = chain.Split('=');
            return parts.Length < 2 ? [chain] : parts[..^1].Zip(parts[1..], static (left, right) => $"{left}={Leading().Match(right)}");
        });

    /// <summary>
    /// Whether a line can be read and is right by itself: arithmetic with the result it has, a value that is named (<c>k=5</c>), or an
    /// answer.
    /// </summary>
    public static bool Holds(string line)
    {
        if (Arithmetic().Match(line) is not { Success: true } match)
            return Other().IsMatch(line);
        var (a, b, result) = (Number("a"), Number("b"), Number("result"));
        return match.Groups["sign"].ValueSpan[0] switch
        {
            '+' => a + b == result,
            '-' => a - b == result,
            '*' => a * b == result,
            _ => b != 0 && a % b == result,
        };

        long Number(string group) => long.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^-?[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Leading();

    [GeneratedRegex(
        @"^(?<a>[0-9]{1,6})(?<sign>[-+*%])(?<b>[0-9]{1,6})=(?<result>-?[0-9]{1,12})\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Arithmetic();

    [GeneratedRegex(@"^(k=|ANSWER: )[0-9]{1,6}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Other();
}
