using System.Collections.Immutable;

namespace CognitiveTools.Evals.Expressions;

/// <summary>
/// Parses an answer. Lists, then relations, then unions, then sums: each level asks the next. The rest is in
/// <c>Parser.Factors.cs</c>, <c>Parser.Brackets.cs</c> and <c>Parser.Numbers.cs</c>.
/// </summary>
internal sealed partial class Parser
{
    private readonly List<Token> _tokens;
    private int _at;
    private int _nesting;
    private bool _inAbsolute;

    private Parser(List<Token> tokens) => _tokens = tokens;

    private Token Current => _tokens[_at];

    private Token Next => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    /// <summary>Parses a text.</summary>
    /// <returns>The tree, or <see langword="null"/> when the text is no answer this parser knows.</returns>
    /// <exception cref="WorkLimitException">The text hits a limit.</exception>
    public static Node? Parse(string text)
    {
        var tokens = Tokenizer.Read(text);
        while (tokens.Count > 1 && (tokens[^2].Is(".") || tokens[^2].Is(",") || tokens[^2].Is(";") || tokens[^2].Is(":")))
            tokens.RemoveAt(tokens.Count - 2);
        var parser = new Parser(tokens);
        try
        {
            return WholeBased(tokens) ?? parser.Finished(parser.Items(repeats: true));
        }
        catch (FormatException)
        {
            return null;
        }
    }

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
        if (++_nesting > Work.DeepestNesting)
            throw new WorkLimitException("nesting");
        var node = read();
        _nesting--;
        return node;
    }

    // Items with separators; a single item is itself.
    private Node Items(bool repeats)
    {
        var items = ItemList(out var or);
        return items.Length == 1 && repeats ? items[0] : new Unordered(items, repeats, or);
    }

    private ImmutableArray<Node> ItemList(out bool or)
    {
        var items = ImmutableArray.CreateBuilder<Node>();
        or = false;
        do
            items.Add(Item());
        while (Separator(ref or));
        return items.ToImmutable();
    }

    private bool Separator(ref bool or)
    {
        var found = false;
        while (true)
        {
            var word = Current.Kind is TokenKind.Words ? Vocabulary.Plain(Current.Text) : "";
            if (word is "or" or "and" or "and or")
                or |= word is "or";
            else if (found || !(Current.Is(",") || Current.Is(";")))
                return found;
            found = true;
            _at++;
            if (Current.Kind is TokenKind.End)
                throw Unexpected();
        }
    }

    private Node Item()
    {
        var parts = ImmutableArray.CreateBuilder<Node>();
        var operators = ImmutableArray.CreateBuilder<string>();
        parts.Add(UnionOfSums());
        while (Current is { Kind: TokenKind.Mark, Text: "=" or "!=" or "<" or "<=" or ">" or ">=" or "~" } || Current.IsCommand("in"))
        {
            operators.Add(Current.Text);
            _at++;
            parts.Add(UnionOfSums());
        }

        return operators.Count == 0 ? parts[0] : new Relation(parts.ToImmutable(), operators.ToImmutable());
    }

    private Node UnionOfSums()
    {
        var first = WithUnit();
        if (!Current.IsCommand("cup"))
            return first;
        var parts = ImmutableArray.CreateBuilder<Node>();
        parts.Add(first);
        while (TakeCommand("cup"))
            parts.Add(WithUnit());
        return new Union(parts.ToImmutable());
    }

    private Node WithUnit()
    {
        if (Current.Kind is TokenKind.Words && Vocabulary.Plain(Current.Text) is "approximately" or "about" or "exactly" or "roughly" && Next.Kind is not TokenKind.End)
            _at++;
        if (Current.Kind is TokenKind.Words && !IsSeparatorWord())
            return new Words(Vocabulary.Plain(UnitWords()));
        var negative = Current.Is("-") && Next.Is("$");
        if (negative)
            _at++;
        var dollar = Take("$");
        var sum = AddTerms();
        if (negative)
            sum = Product.Negative(sum);
        if (dollar)
            return new Quantity(sum, "dollar");
        if (StartsModulus())
            return new Quantity(sum, Modulus());
        return Current.Kind is TokenKind.Words && !IsSeparatorWord() ? new Quantity(sum, Vocabulary.Unit(UnitWords())) : sum;
    }

    private bool IsSeparatorWord() => Vocabulary.Plain(Current.Text) is "or" or "and" or "and or";

    // "(mod 7)", "\pmod{7}" behind a residue.
    private bool StartsModulus() => Current.IsCommand("pmod") || (Current.Is("(") && Next is { Kind: TokenKind.Words, Text: "mod" });

    private string Modulus()
    {
        var braced = TakeCommand("pmod");
        if (!braced)
            _at += 2;
        var modulus = braced ? Argument() : Literal();
        if (!braced)
            Need(")");
        return modulus is Number number ? $"mod {number.Value}" : throw Unexpected();
    }

    // Words up to the next separator, with powers and slashes as units have them: "cm^2", "miles/hour".
    private string UnitWords()
    {
        var words = "";
        while (true)
        {
            if (Current.Kind is TokenKind.Words && !IsSeparatorWord())
                words += " " + _tokens[_at++].Text;
            else if (words.Length > 0 && Current.Is("^") && UnitPower() is { } power)
                words += "^" + power;
            else if (words.Length > 0 && Current.Is("/") && Next.Kind is TokenKind.Words)
                (words, _at) = (words + "/", _at + 1);
            else
                return words;
        }
    }

    private string? UnitPower()
    {
        var braced = Next.Is("{");
        var at = _at + (braced ? 2 : 1);
        if (at >= _tokens.Count || _tokens[at] is not { Kind: TokenKind.Number, Text: "2" or "3" } || (braced && !_tokens[at + 1].Is("}")))
            return null;
        _at = at + (braced ? 2 : 1);
        return _tokens[at].Text;
    }

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
            var next = Current.Is("+") ? "+" : Current.Is("-") ? "-" : Current.IsCommand("pm") ? "pm" : Current.IsCommand("mp") ? "mp" : null;
            if (next is null)
                return sign;
            sign = (sign, next) switch { ("-", "-") => "+", ("-", "+") => "-", ("pm" or "mp", _) => throw Unexpected(), _ => next };
            _at++;
        }
    }
}
