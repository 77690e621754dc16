using System.Collections.Immutable;

namespace CognitiveTools.Answers.Expressions;

/// <summary>
/// Parses an answer. Lists, then relations, then unions, then ratios, then sums: each level asks the next. The rest is in
/// <c>Parser.Factors.cs</c>, <c>Parser.Commands.cs</c>, <c>Parser.Brackets.cs</c>, <c>Parser.Words.cs</c> and <c>Parser.Numbers.cs</c>.
/// </summary>
internal sealed partial class Parser
{
    private readonly List<Token> _tokens;
    private int _at;
    private int _nesting;
    private bool _inAbsolute;

    private Parser(List<Token> tokens) => _tokens = tokens;

    private Token Current => _tokens[_at];

    private Token Next => Ahead(1);

    private Token Previous => _at > 0 ? _tokens[_at - 1] : default;

    /// <summary>Parses a text.</summary>
    /// <returns>The tree, or <see langword="null"/> when the text is not an answer this parser knows.</returns>
    /// <exception cref="OperationLimitException">The text hits a limit.</exception>
    public static Node? Parse(string text)
    {
        var tokens = Tokenizer.Read(text);
        if (!TokenNumbers.Run(tokens) || !TokenCleanup.Run(tokens))
            return null;
        return WholeBased(tokens) ?? OptionParser.Read(tokens, ParseTokens) ?? ParseTokens(tokens);
    }

    private static Node? ParseTokens(List<Token> tokens)
    {
        var parser = new Parser(tokens);
        try
        {
            return parser.Finished(parser.Items(repeats: true));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private Token Ahead(int steps) => _tokens[Math.Min(_at + steps, _tokens.Count - 1)];

    private Node Finished(Node node) => Current.Kind is TokenKind.End ? node : throw Unexpected();

    private FormatException Unexpected() => new($"'{Current.Text}' does not fit here.");

    private bool Take(string mark)
    {
        if (!Current.Is(mark))
            return false;
        _at++;
        return true;
    }

    private bool TakeCommand(string name)
    {
        if (!Current.IsCommand(name))
            return false;
        _at++;
        return true;
    }

    private void Need(string mark)
    {
        if (!Take(mark))
            throw Unexpected();
    }

    private T Nested<T>(Func<T> read)
    {
        if (++_nesting > OperationBudget.DeepestNesting)
            throw new OperationLimitException("nesting");
        var node = read();
        _nesting--;
        return node;
    }

    // Items with separators; a single item is itself.
    private Node Items(bool repeats)
    {
        var items = ItemList(out var conjunction);
        return items.Length == 1 && repeats ? items[0] : new Unordered(items, repeats, conjunction);
    }

    // "x < 1 and x > 0 or x > 5" are two conditions, the first of two parts: "and" binds more than "or".
    private ImmutableArray<Node> ItemList(out Conjunction conjunction)
    {
        var items = ImmutableArray.CreateBuilder<Node>();
        var between = new List<Conjunction>();
        do
            items.Add(Item());
        while (Separator(between));
        conjunction = between.Aggregate(Conjunction.None, (all, one) => all | one);
        if (conjunction is not (Conjunction.And | Conjunction.Or) || !items.All(IsInequality))
            return items.ToImmutable();
        conjunction = Conjunction.Or;
        var groups = ImmutableArray.CreateBuilder<Node>();
        for (var at = 0; at < items.Count;)
        {
            var end = at + 1;
            while (end < items.Count && between[end - 1] is Conjunction.And)
                end++;
            groups.Add(end == at + 1 ? items[at] : new Unordered([.. items.Skip(at).Take(end - at)], Repeats: false, Conjunction.And));
            at = end;
        }

        return groups.ToImmutable();
    }

    private static bool IsInequality(Node node) => node is Relation relation && relation.Operators.All(o => o[0] is '<' or '>' or '!');

    private bool Separator(List<Conjunction> between)
    {
        var found = false;
        var conjunction = Conjunction.None;
        while (true)
        {
            var word = Current.Kind is TokenKind.Words ? Vocabulary.Plain(Current.Text) : "";
            if (word is "or" or "and" or "and or")
                conjunction = word switch { "or" => Conjunction.Or, "and" => Conjunction.And, _ => Conjunction.None };
            else if (found || !(Current.Is(",") || Current.Is(";") || (_nesting == 0 && (Current.Is("&") || Current.Is("row")))))
                break;
            found = true;
            _at++;
            if (Current.Kind is TokenKind.End)
                throw Unexpected();
        }

        if (found)
            between.Add(conjunction);
        return found;
    }

    private static bool IsRelation(Token token) =>
        token is { Kind: TokenKind.Mark, Text: "=" or "!=" or "<" or "<=" or ">" or ">=" or "~" } || token.IsCommand("in");

    private Node Item()
    {
        DropLabel();
        var parts = ImmutableArray.CreateBuilder<Node>();
        var operators = ImmutableArray.CreateBuilder<string>();
        parts.Add(Part());
        while (IsRelation(Current) || (Current.Is("row") && IsRelation(Next) && _at++ >= 0))
        {
            operators.Add(Current.Text);
            _at++;
            DropLabel();
            parts.Add(Part());
        }

        return operators.Count == 0 ? parts[0] : new Relation(parts.ToImmutable(), operators.ToImmutable());
    }

    // One side of a relation. Text before an equals sign that cannot be read is a name for what is behind it.
    private Node Part()
    {
        if (_nesting > 0)
            return SetExpression();
        if (FunctionHead() is { } head)
            return head;
        var start = _at;
        try
        {
            var node = SetExpression();
            if (Current.Kind is TokenKind.End or TokenKind.Words || IsRelation(Current) || Current.Is(",") || Current.Is(";")
                || Current.Is("&") || Current.Is("row"))
                return node;
        }
        catch (FormatException)
        {
            // perhaps a name
        }

        if (EqualsBehind(start) is not { } equals)
            throw Unexpected();
        (_at, _nesting, _inAbsolute) = (equals, 0, false);
        return new Opaque(string.Concat(_tokens[start..equals].Select(t => t.Text)));
    }

    private int? EqualsBehind(int start)
    {
        var depth = 0;
        for (var at = start; at < _tokens.Count; at++)
        {
            var token = _tokens[at];
            if (depth == 0 && at > start && token.Is("="))
                return at;
            var prose = token is { Kind: TokenKind.Words, Escaped: false }
                && _tokens[at + 1].Kind is TokenKind.Number or TokenKind.Letter or TokenKind.Words or TokenKind.Command;
            if (depth == 0 && (prose || token.Is(",") || token.Is(";") || token.Is("row")))
                return null;
            depth = Math.Max(0, depth + TokenCleanup.Step(token));
        }

        return null;
    }

    private Node SetExpression()
    {
        var first = ProportionLevel();
        while (true)
        {
            if (Current.IsCommand("cup") || IsUnionLetter())
            {
                var parts = ImmutableArray.CreateBuilder<Node>();
                parts.Add(first);
                while (TakeCommand("cup") || (IsUnionLetter() && _at++ >= 0))
                    parts.Add(ProportionLevel());
                first = new Union(parts.ToImmutable());
            }
            else if (Current.IsCommand("setminus") || Current.IsCommand("cap"))
            {
                var minus = _tokens[_at++].IsCommand("setminus");
                first = new SetPair(first, minus, ProportionLevel());
            }
            else
            {
                return first;
            }
        }
    }

    // "(-\infty,-5) U (9,\infty)".
    private bool IsUnionLetter() => Current is { Kind: TokenKind.Letter, Text: "U" } && (Previous.Is(")") || Previous.Is("]"))
        && (Next.Is("(") || Next.Is("["));

    // "3:5", "3 to 5", "6:30 p.m."
    private Node ProportionLevel()
    {
        var first = Compound(WithUnit());
        if (!StartsRatio(first))
            return first;
        var parts = ImmutableArray.CreateBuilder<Node>();
        parts.Add(first);
        while (StartsRatio(first))
        {
            _at++;
            parts.Add(WithUnit());
        }

        return (Node?)TimeOfDay(parts) ?? new Proportion(parts.ToImmutable());
    }

    private bool StartsRatio(Node first) => Current.Is(":")
        || (Current is { Kind: TokenKind.Words, Text: "to" } && first is Number && Next.Kind is TokenKind.Number);

    private Node AddTerms()
    {
        var terms = ImmutableArray.CreateBuilder<Node>();
        var first = true;
        while (true)
        {
            var sign = Sign(first);
            if (sign is null)
                return terms.Count == 1 ? terms[0] : new Sum(terms.ToImmutable());
            var term = MultiplyFactors();
            terms.Add(sign switch
            {
                "-" => Product.Negative(term),
                "pm" => new PlusMinus(1, term),
                "mp" => new PlusMinus(-1, term),
                _ => term,
            });
            first = false;
        }
    }

    // The sign before a term; null when no term follows.
    private string? Sign(bool first)
    {
        var sign = first ? "" : null;
        while (true)
        {
            var next = Current.Is("+") ? "+" : Current.Is("-") ? "-" : Current.IsCommand("pm") ? "pm" : Current.IsCommand("mp") ? "mp"
                : null;
            if (next is null)
                return sign;
            sign = (sign, next) switch { ("-", "-") => "+", ("-", "+") => "-", ("pm" or "mp", _) => throw Unexpected(), _ => next };
            _at++;
        }
    }
}
