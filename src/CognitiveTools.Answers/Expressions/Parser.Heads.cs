namespace CognitiveTools.Answers.Expressions;

/// <content>The value of a function on the left of an equals sign: <c>f'(x)</c>, <c>f^{-1}(x)</c>, <c>u(x,t)</c>, <c>f(g(x))</c>.</content>
internal sealed partial class Parser
{
    // A name, if the value of a function is before an equals sign in a form that a product could not have; else null.
    private Opaque? FunctionHead()
    {
        if (_nesting > 0 || HeadEnd(_at, 0) is not { } end || !_tokens[end].Is("="))
            return null;
        var plain = _tokens[_at] is
        { Kind: TokenKind.Letter, Text: "f" or "g" or "h" or "p" or "q" or "F" or "G" or "P" or "Q" or "T" or "S" }
            && _tokens[_at + 1].Is("(") && _tokens[(_at + 2)..(end - 1)].All(t => !t.Is("("));
        if (plain)
            return null; // the parser reads those
        var name = string.Concat(_tokens[_at..end].Where(t => !t.Is("{") && !t.Is("}")).Select(t => t.Text));
        _at = end;
        return new Opaque(name);
    }

    // Where the value of a function ends that begins here.
    private int? HeadEnd(int at, int depth)
    {
        if (depth > OperationBudget.DeepestNesting)
            return null;
        if (_tokens[at].IsCommand("frac") && Matches(at + 1, "{d}{d") && _tokens[Math.Min(at + 7, _tokens.Count - 1)].Is("}"))
            at += 8;
        var head = TokenAt(at);
        if (head.Kind is TokenKind.Letter)
            at++;
        else if (Composition(at) is { } composed)
            at = composed;
        else
            return null;
        if (TokenAt(at).Is("_"))
            at = TokenAt(at + 1).Is("{") && TokenAt(at + 3).Is("}") ? at + 4 : at + 2;
        while (TokenAt(at).Is("'") || TokenAt(at).Is("''"))
            at++;
        if (Matches(at, "^{-1}"))
            at += 5;
        if (!TokenAt(at).Is("("))
            return null;
        do
        {
            at++;
            if (HeadEnd(at, depth + 1) is { } inner)
                at = inner;
            else if (TokenAt(at).Kind is TokenKind.Letter or TokenKind.Number && TokenAt(at).Text != head.Text)
                at++;
            else
                return null;
        }
        while (TokenAt(at).Is(","));
        return TokenAt(at).Is(")") ? at + 1 : null;
    }

    // "(f \circ g)"
    private int? Composition(int at)
    {
        if (!TokenAt(at).Is("(") || TokenAt(at + 1).Kind is not TokenKind.Letter || !TokenAt(at + 2).IsCommand("circ"))
            return null;
        for (at += 2; TokenAt(at).IsCommand("circ") && TokenAt(at + 1).Kind is TokenKind.Letter;)
            at += 2;
        return TokenAt(at).Is(")") ? at + 1 : null;
    }

    private Token TokenAt(int at) => _tokens[Math.Min(at, _tokens.Count - 1)];

    private bool Matches(int at, string marks)
    {
        for (var i = 0; i < marks.Length; i++)
        {
            if (TokenAt(at + i).Text != marks[i].ToString())
                return false;
        }

        return true;
    }
}
