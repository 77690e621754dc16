namespace CognitiveTools.Answers.Expressions;

/// <summary>Removes what surrounds an answer and is not part of it: steps before the last arrow, remarks, full stops.</summary>
internal static class TokenCleanup
{
    private static readonly string[] Qualifiers = ["for all", "for every", "for any", "for each", "for some", "where", "whenever",
        "for integer", "for real", "for positive", "for"];
    private static readonly HashSet<string> Cases = ["otherwise", "else", "elsewhere", "for", "if", "when", "where", "unless", "except"];
    private static readonly string[] Remarks = ["about", "approximately", "approx", "roughly", "or about", "or approximately", "to",
        "rounded", "nearest", "exactly", "exact"];

    /// <summary>Cleans a list of tokens that ends with one of kind <see cref="TokenKind.End"/>.</summary>
    /// <returns>Whether one answer is left: a value by cases is not one answer.</returns>
    public static bool Run(List<Token> tokens)
    {
        TrimEnd(tokens);
        AfterArrow(tokens);
        while (tokens.Count > 1
            && (tokens[0].Is("=") || tokens[0].Is("~") || tokens[0].Is(",") || tokens[0].Is(":") || tokens[0].Is("row")
                || tokens[0].Is(".")))
            tokens.RemoveAt(0);
        WithoutRemark(tokens);
        if (!WithoutQualifier(tokens))
            return false;
        TrimEnd(tokens);
        return true;
    }

    private static void TrimEnd(List<Token> tokens)
    {
        while (tokens.Count > 1
            && (tokens[^2].Is(".") || tokens[^2].Is(",") || tokens[^2].Is(";") || tokens[^2].Is(":") || tokens[^2].Is("row")))
            tokens.RemoveAt(tokens.Count - 2);
        if (tokens.Count > 2 && tokens[^2].Kind is TokenKind.Words && Vocabulary.Plain(tokens[^2].Text) is "q e d" or "qed")
            tokens.RemoveAt(tokens.Count - 2);
    }

    // "\frac{10}{18} \Rightarrow \frac{5}{9}", "x \to 25", "\therefore x = 25".
    private static void AfterArrow(List<Token> tokens)
    {
        var last = -1;
        foreach (var (at, token) in TopLevel(tokens))
        {
            if (token.IsCommand("arrow") && at < tokens.Count - 2)
                last = at;
        }

        tokens.RemoveRange(0, last + 1);
        if (tokens.Count > 1 && tokens[^2].IsCommand("arrow"))
            tokens.RemoveAt(tokens.Count - 2);
    }

    // "\frac{5}{9} (\approx 0.556)" and "12 (\text{cm})": what is in the brackets is a remark, or a unit.
    private static void WithoutRemark(List<Token> tokens)
    {
        if (tokens.Count < 4 || !(tokens[^2].Is(")") || tokens[^2].Is("]")))
            return;
        var open = -1;
        foreach (var (at, token) in TopLevel(tokens))
        {
            if (token.Is("(") || token.Is("["))
                open = at;
        }

        if (open < 1 || Closing(tokens, open) != tokens.Count - 2)
            return;
        var first = tokens[open + 1];
        var words = Vocabulary.Plain(string.Join(' ', tokens.Skip(open + 1).TakeWhile(t => t.Kind is TokenKind.Words).Select(t => t.Text)));
        var onlyWords = tokens[open].Is("(") && tokens.Skip(open + 1).SkipLast(2).All(t => t.Kind is TokenKind.Words);
        if (onlyWords && Vocabulary.IsComment(words))
        {
            tokens.RemoveRange(open, tokens.Count - 1 - open);
            return;
        }

        if (first.Is("~") || (first.Kind is TokenKind.Words
            && Remarks.Any(r => words == r || words.StartsWith(r + " ", StringComparison.Ordinal))))
        {
            tokens.RemoveRange(open, tokens.Count - 1 - open);
        }
        else if (first.Kind is TokenKind.Letter && tokens[open + 2].IsCommand("in") && tokens[open].Is("("))
        {
            tokens.RemoveAt(tokens.Count - 2); // "k\pi (k \in \mathbb{Z})"
            tokens[open] = new Token(TokenKind.Mark, ",");
        }
        else if (open == tokens.Count - 4 && first.Kind is TokenKind.Words
            && (tokens[open - 1].Kind is TokenKind.Number || tokens[open - 1].Is("}") || tokens[open - 1].Is("!"))
            && Units.Read(first.Text) is not null)
        {
            tokens.RemoveAt(tokens.Count - 2);
            tokens.RemoveAt(open);
        }
    }

    // "f(x) = 2x for all x", "2n+1 where n is an integer": only says for which values the answer holds.
    private static bool WithoutQualifier(List<Token> tokens)
    {
        foreach (var (at, token) in TopLevel(tokens))
        {
            if (at == 0 || token.Kind is not TokenKind.Words || tokens[at - 1].Kind is TokenKind.Words)
                continue;
            var words = token.Text.ToLowerInvariant() + " " + (tokens[at + 1].Kind is TokenKind.Words
                ? tokens[at + 1].Text.ToLowerInvariant() : "");
            var isQualifier = Qualifiers.Any(q => words.StartsWith(q + " ", StringComparison.Ordinal)
                && (q != "for" || (words == "for " && tokens[at + 1].Kind is TokenKind.Letter)));
            if (!isQualifier)
                continue;
            if (!IsCondition(tokens, at))
                return false;
            tokens.RemoveRange(at, tokens.Count - 1 - at);
            return true;
        }

        return true;
    }

    // Whether what follows the qualifier is one condition: no further value, no other case, no value for a letter of the answer.
    private static bool IsCondition(List<Token> tokens, int start)
    {
        var values = 0;
        int? equals = null;
        var segment = new List<Token>();
        for (var at = start; at < tokens.Count; at++)
        {
            var token = tokens[at];
            var plain = token.Kind is TokenKind.Words ? Vocabulary.Plain(token.Text) : "";
            if (at > start + 1 && plain.Split(' ').Any(Cases.Contains))
                return false;
            if (token.Kind is TokenKind.End || token.Is(",") || token.Is(";") || plain is "and" or "or")
            {
                if (segment.Count > 0 && !segment.Any(Compares) && !IsListed(segment, equals is not null))
                    return false;
                values += equals is null ? 0 : 1;
                segment.Clear();
                continue;
            }

            if (token.Is("=") && tokens[at - 1].Kind is TokenKind.Letter)
            {
                if (equals is not null)
                    return false;
                equals = at;
            }

            segment.Add(token);
        }

        return equals is not { } sign || values > 1 || tokens.FindIndex(t => t.Kind is TokenKind.Letter
            && t.Text == tokens[sign - 1].Text) >= start;
    }

    private static bool Compares(Token token) => token.Kind is TokenKind.Words && Vocabulary.Plain(token.Text).Length > 0
        || token is { Kind: TokenKind.Mark, Text: "=" or "!=" or "<" or "<=" or ">" or ">=" } || token.IsCommand("in");

    // The letters of "for all a, b > 0" and the numbers of "k = 0, 1, \dots, 4".
    private static bool IsListed(List<Token> segment, bool numbers) => segment.All(t => t.IsCommand("dots")
        || (segment.Count == 1 && t.Kind is TokenKind.Letter) || (numbers && (t.Kind is TokenKind.Number || t.Is("-"))));

    private static int Closing(List<Token> tokens, int open)
    {
        var depth = 0;
        for (var at = open; at < tokens.Count; at++)
        {
            depth += Step(tokens[at]);
            if (depth == 0)
                return at;
        }

        return -1;
    }

    /// <summary>The tokens outside all brackets, opening ones included.</summary>
    public static IEnumerable<(int At, Token Token)> TopLevel(List<Token> tokens)
    {
        var depth = 0;
        for (var at = 0; at < tokens.Count - 1; at++)
        {
            var step = Step(tokens[at]);
            if (depth == 0 && step >= 0)
                yield return (at, tokens[at]);
            depth = Math.Max(0, depth + step);
        }
    }

    /// <summary>1 for an opening bracket, -1 for a closing one.</summary>
    public static int Step(Token token) => token.Kind switch
    {
        TokenKind.Mark when token.Text is "(" or "[" or "{" or "set" => 1,
        TokenKind.Mark when token.Text is ")" or "]" or "}" or "endset" => -1,
        TokenKind.Command when token.Text is "begin" => 1,
        TokenKind.Command when token.Text is "end" => -1,
        _ => 0,
    };
}
