using System.Globalization;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>
/// Rewrites numbers that are written with words in between: <c>9 and a half</c> as a mixed number, <c>6 (six)</c> as 6 where
/// both agree, and <c>all real x</c> as the words without the letter.
/// </summary>
internal static class TokenNumbers
{
    /// <summary>Rewrites a list of tokens that ends with one of kind <see cref="TokenKind.End"/>.</summary>
    /// <returns>Whether the tokens can be read: not where a number and the words behind it differ, as in <c>6 (seven)</c>.</returns>
    public static bool Run(List<Token> tokens)
    {
        for (var at = 0; at < tokens.Count - 1; at++)
        {
            if (tokens[at] is { Kind: TokenKind.Words, Text: "and" })
                Mix(tokens, at);
            else if (tokens[at].Is("(") && !DropRepeat(tokens, at))
                return false;
        }

        if (PartAt(tokens, 0) is var (fraction, end) && tokens[0] is { Kind: TokenKind.Letter } or { Text: "an" })
            Replace(tokens, 0, end, fraction);
        DropVariable(tokens);
        return true;
    }

    // "nine and a half", "9 and three quarters". "3 and 4" stays a list.
    private static void Mix(List<Token> tokens, int and)
    {
        if (NumberBefore(tokens, and) is not ({ IsWhole: true } whole, var start)
            || PartAt(tokens, and + 1) is not var (fraction, end))
            return;
        Replace(tokens, start, end, [Digits(whole), .. fraction]);
    }

    // "6 (six)", "six (6)": the number again. Whether no other number is there.
    private static bool DropRepeat(List<Token> tokens, int open)
    {
        var close = tokens.FindIndex(open, t => t.Is(")"));
        if (close < 0 || NumberBefore(tokens, open) is not var (value, start))
            return true;
        var inside = tokens[(open + 1)..close];
        var spelled = inside.TrueForAll(t => t.Kind is TokenKind.Words);
        if (spelled == tokens[start..open].TrueForAll(t => t.Kind is TokenKind.Words))
            return true;
        var negative = start > 0 && tokens[start - 1].Is("-");
        var words = Vocabulary.Plain(Join(inside));
        var denied = words.StartsWith("minus ", StringComparison.Ordinal) || words.StartsWith("negative ", StringComparison.Ordinal);
        var again = spelled ? Spelled(denied ? words[(words.IndexOf(' ', StringComparison.Ordinal) + 1)..] : words)
            : inside is [{ Kind: TokenKind.Number } digits] ? Read(digits) : null;
        if (again is null)
            return true;
        tokens.RemoveRange(open, close + 1 - open);
        return again == value && denied == (negative && spelled);
    }

    // "all real x", "all integers n".
    private static void DropVariable(List<Token> tokens)
    {
        if (tokens is not [{ Kind: TokenKind.Words }, .., { Kind: TokenKind.Letter }, _])
            return;
        var words = tokens[..^2];
        var plain = Vocabulary.Plain(Join(words));
        if (!words.TrueForAll(t => t.Kind is TokenKind.Words)
            || Vocabulary.Meaning(plain.EndsWith(" of", StringComparison.Ordinal) ? plain[..^3] : plain)
                is not (("all reals" or "all integers" or "positive reals") and var meaning))
            return;
        tokens.RemoveRange(0, tokens.Count - 1);
        tokens.Insert(0, new Token(TokenKind.Words, meaning));
    }

    // The number right before an index that is not part of an expression, and where it begins.
    private static (Rational Value, int Start)? NumberBefore(List<Token> tokens, int end)
    {
        var start = end;
        while (start > 0 && tokens[start - 1].Kind is TokenKind.Words && tokens[start - 1].Text is not "or")
            start--;
        if (start < end)
            return Spelled(Vocabulary.Plain(Join(tokens[start..end]))) is { } spelled ? (spelled, start) : null;
        if (start == 0 || tokens[--start].Kind is not TokenKind.Number || Read(tokens[start]) is not { } value)
            return null;
        var free = start == 0 || tokens[start - 1].Kind is TokenKind.Words
            || tokens[start - 1] is { Kind: TokenKind.Mark, Text: "-" or "," or ";" or "=" or ":" or "~" or "<" or ">" or "<=" or ">=" };
        return free ? (value, start) : null;
    }

    // "a half", "one third", "three quarters" at an index as a fraction, with the words behind it in the same token; and where it ends.
    private static (IReadOnlyList<Token> Fraction, int End)? PartAt(List<Token> tokens, int at)
    {
        if (tokens[at].Kind is not TokenKind.Words && tokens[at] is not { Kind: TokenKind.Letter, Text: "a" })
            return null;
        var (words, end) = (Split(tokens[at]), at + 1);
        if (words.Length == 1 && tokens[end].Kind is TokenKind.Words)
            (words, end) = ([.. words, .. Split(tokens[end])], end + 1);
        if (words.Length < 2 || NumberWords.Part(words[1]) is not { } under
            || (words[0] is "a" or "an" ? 1 : NumberWords.Base(words[0])) is not { } over || over < 1 || over >= under)
            return null;
        List<Token> fraction =
        [
            new(TokenKind.Command, "frac", Escaped: true), new(TokenKind.Mark, "{"), Digits(over), new(TokenKind.Mark, "}"),
            new(TokenKind.Mark, "{"), Digits(under), new(TokenKind.Mark, "}"),
        ];
        if (words.Length > 2)
            fraction.Add(new Token(TokenKind.Words, string.Join(' ', words[2..]), Spaced: true));
        return (fraction, end);
    }

    private static string[] Split(Token token) => token.Text.ToLowerInvariant().Split(' ', '-');

    private static Rational? Spelled(string plain) => NumberWords.Read(plain) is ({ } value, "") ? value : null;

    private static Rational? Read(Token token) => !token.Text.Contains('.', StringComparison.Ordinal)
        && System.Numerics.BigInteger.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var digits)
            ? new Rational?(digits) : null;

    private static string Join(List<Token> tokens) => string.Join(' ', tokens.Select(t => t.Text.ToLowerInvariant()));

    private static Token Digits(Rational whole) => new(TokenKind.Number, whole.ToString(), Spaced: true);

    private static void Replace(List<Token> tokens, int start, int end, IEnumerable<Token> by)
    {
        tokens.RemoveRange(start, end - start);
        tokens.InsertRange(start, by);
    }
}
