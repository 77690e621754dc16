using System.Collections.Immutable;

namespace CognitiveTools.Answers.Expressions;

/// <content>Brackets, sets, absolute values and matrices.</content>
internal sealed partial class Parser
{
    private Call Absolute()
    {
        if (_inAbsolute)
            throw Unexpected();
        var doubled = Take("|"); // "||v||"
        _inAbsolute = true;
        var inside = Nested(AddTerms);
        _inAbsolute = false;
        Need("|");
        if (doubled)
            Need("|");
        return new Call("abs", inside);
    }

    private Node Bracket(string open) => Nested<Node>(() =>
    {
        var outer = _inAbsolute;
        _inAbsolute = false;
        var close = open switch { "{" => "}", "set" => "endset", _ => "" };
        if (close.Length > 0 && Take(close))
            return new Unordered([], Repeats: false);
        if (open == "set" && BuilderVariable() is { } variable)
            return OfBuilder(variable, outer);
        var items = ItemList(out var conjunction);
        _inAbsolute = outer;
        if (close.Length > 0)
        {
            Need(close);
            return items.Length == 1 && open == "{" ? items[0]
                : new Unordered(items, Repeats: open == "{" && conjunction.HasFlag(Conjunction.Or), conjunction);
        }

        var end = Current.Text is ")" or "]" || (Current.Is("[") && items.Length == 2) ? Current.Text[0] : throw Unexpected();
        _at++;
        if (open == "]" || end == '[')
            return items.Length == 2 ? new Brackets(open == "]" ? '(' : open[0], items, end == '[' ? ')' : end)
                : throw Unexpected(); // ]a,b[
        var matched = (open, end) is ("(", ')') or ("[", ']');
        if (items.Length == 1)
            return matched && items[0] is not (Relation or Unordered) ? items[0] : throw Unexpected();
        return new Brackets(open[0], items, end);
    });

    // The x of "x |", "x \mid", "x :", perhaps with "\in \mathbb{R}", at the beginning of a set.
    private string? BuilderVariable()
    {
        if (Current.Kind is not TokenKind.Letter)
            return null;
        var at = 1;
        if (Ahead(1).IsCommand("in") && Ahead(2) is { Kind: TokenKind.Letter, Text: Symbol.Reals })
            at = 3;
        var bar = Ahead(at).Is("|") || Ahead(at).Is(":") || Ahead(at).IsCommand("mid");
        if (!bar)
            return null;
        var name = Current.Text;
        _at += at + 1;
        return name;
    }

    private Builder OfBuilder(string variable, bool outer)
    {
        var conditions = ItemList(out var conjunction);
        _inAbsolute = outer;
        Need("endset");
        return new Builder(variable, conditions.Length == 1 ? conditions[0] : new Unordered(conditions, Repeats: true, conjunction));
    }

    private Node Rows()
    {
        var name = Environment();
        if (name is "array" && Current.Is("{"))
        {
            while (!Take("}"))
                _ = Current.Kind is TokenKind.End ? throw Unexpected() : _at++;
        }
        else if (name is not ("pmatrix" or "bmatrix" or "matrix" or "Bmatrix" or "smallmatrix" or "array"))
        {
            throw Unexpected();
        }

        var rows = ImmutableArray.CreateBuilder<ImmutableArray<Node>>();
        do
        {
            if (Current.IsCommand("end"))
                break; // a last "\\" with nothing behind it
            var row = ImmutableArray.CreateBuilder<Node>();
            do
                row.Add(Item());
            while (Take("&"));
            rows.Add(row.ToImmutable());
        }
        while (Take("row"));
        if (!TakeCommand("end") || Environment() != name || rows.Count == 0 || rows.Any(r => r.Length != rows[0].Length))
            throw Unexpected();
        return rows is [[var only]] ? only : new Matrix(rows.ToImmutable());
    }

    private string Environment()
    {
        Need("{");
        var name = "";
        while (Current.Kind is TokenKind.Words or TokenKind.Letter)
            name += _tokens[_at++].Text;
        Need("}");
        return name;
    }
}
