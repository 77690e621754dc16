namespace CognitiveTools.Answers.Expressions;

/// <summary>Reads options of multiple choice: <c>(B) 42</c>, <c>E: a risk score</c>, <c>C)</c>, <c>Option D</c>.</summary>
internal static class OptionParser
{
    /// <summary>Reads a whole answer.</summary>
    /// <returns>The option's letter, with its text where there is one; <see langword="null"/> when the answer is not an option.</returns>
    public static Node? Read(List<Token> tokens, Func<List<Token>, Node?> parse)
    {
        var at = tokens[0].Kind is TokenKind.Words
            && Vocabulary.Plain(tokens[0].Text) is "option" or "choice" or "answer" or "answer choice" ? 1 : 0;
        var bracketed = tokens[at].Is("(") && tokens.Count > at + 3 && tokens[at + 2].Is(")");
        var letter = tokens[at + (bracketed ? 1 : 0)];
        var behind = at + (bracketed ? 3 : 1);
        if (tokens is [{ Kind: TokenKind.Letter, Text: [>= 'a' and <= 'j'] } small, { Kind: TokenKind.Mark, Text: ")" }, _])
            return new Symbol(small.Text.ToUpperInvariant()); // "b)"
        if (letter is not { Kind: TokenKind.Letter, Text: [>= 'A' and <= 'J'] }
            && !(at == 1 && letter is { Kind: TokenKind.Letter, Text.Length: 1 }))
            return null;
        var marked = !bracketed && (tokens[behind].Is(")") || tokens[behind].Is(":") || tokens[behind].Is("."));
        if (marked)
            behind++;
        if (tokens[behind].Kind is TokenKind.End)
            return at == 1 || marked ? new Symbol(letter.Text.ToUpperInvariant()) : null;
        var mayFollow = tokens[behind].Kind is TokenKind.Words or TokenKind.Number or TokenKind.Command || tokens[behind].Is("$")
            || (marked && tokens.Count > behind + 2);
        if (!mayFollow || !(bracketed || marked) || IsSeparator(tokens[behind]))
            return null;
        return new Choice(letter.Text, parse(tokens[behind..]));
    }

    // "(A) or (B)" is a list.
    private static bool IsSeparator(Token token) => token.Kind is TokenKind.Words && Vocabulary.Plain(token.Text) is "or" or "and";
}
