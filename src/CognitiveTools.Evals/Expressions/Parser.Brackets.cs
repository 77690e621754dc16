using System.Collections.Immutable;

namespace CognitiveTools.Evals.Expressions;

/// <content>Brackets, sets, absolute values and matrices.</content>
internal sealed partial class Parser
{
    private Call Absolute()
    {
        if (_inAbsolute)
            throw Unexpected();
        _inAbsolute = true;
        var inside = Nested(AddTerms);
        _inAbsolute = false;
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
        var items = ItemList(out _);
        _inAbsolute = outer;
        if (close.Length > 0)
        {
            Need(close);
            return items.Length == 1 && open == "{" ? items[0] : new Unordered(items, Repeats: false);
        }

        var end = Current.Is(")") ? ')' : Current.Is("]") ? ']' : throw Unexpected();
        _at++;
        var matched = (open, end) is ("(", ')') or ("[", ']');
        if (items.Length == 1)
            return matched && items[0] is not (Relation or Unordered) ? items[0] : throw Unexpected();
        return new Brackets(open[0], items, end);
    });

    private Node Rows()
    {
        var name = Environment();
        if (name is "array" && Current.Is("{"))
        {
            while (!Take("}"))
                _ = Current.Kind is TokenKind.End ? throw Unexpected() : _at++;
        }
        else if (name is not ("pmatrix" or "bmatrix" or "matrix" or "Bmatrix" or "smallmatrix"))
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
        if (!TakeCommand("end") || Environment() != name || rows.Any(r => r.Length != rows[0].Length))
            throw Unexpected();
        return new Matrix(rows.ToImmutable());
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
