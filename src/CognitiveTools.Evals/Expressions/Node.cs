using System.Collections.Immutable;
using System.Numerics;

namespace CognitiveTools.Evals.Expressions;

/// <summary>A piece of a parsed answer. Immutable; sums and products are flat, so depth is bounded by the parser's nesting.</summary>
internal abstract record Node
{
    /// <summary>The parts, for walks that do not care what the node is.</summary>
    public virtual IEnumerable<Node> Children => [];

    /// <summary>Whether the node or any part satisfies a condition.</summary>
    public bool Any(Func<Node, bool> condition) => condition(this) || Children.Any(c => c.Any(condition));
}

/// <summary>A literal. <paramref name="IsDecimal"/>: written with a point, hence possibly rounded.</summary>
internal sealed record Number(Rational Value, bool IsDecimal = false) : Node;

/// <summary>A variable or constant: <c>x</c>, <c>x_1</c>, <c>pi</c>, <c>e</c>, <c>i</c>, <c>infinity</c>.</summary>
internal sealed record Symbol(string Name) : Node
{
    /// <summary>Whether the name stands for one known number.</summary>
    public bool IsConstant => Name is "pi" or "e" or "i" or "infinity";
}

internal sealed record Sum(ImmutableArray<Node> Terms) : Node
{
    public override IEnumerable<Node> Children => Terms;
}

internal sealed record Product(ImmutableArray<Node> Factors) : Node
{
    public override IEnumerable<Node> Children => Factors;

    public static Node Negative(Node node) => node is Number number
        ? number with { Value = -number.Value }
        : new Product([new Number(-1), node]);

    public static Node Quotient(Node over, Node under) => new Product([over, new Power(under, new Number(-1))]);
}

internal sealed record Power(Node Base, Node Exponent) : Node
{
    public override IEnumerable<Node> Children => [Base, Exponent];
}

/// <summary>A function of one argument; <c>!</c> is the factorial.</summary>
internal sealed record Call(string Function, Node Argument) : Node
{
    public override IEnumerable<Node> Children => [Argument];
}

/// <summary>A term behind <c>\pm</c> (<paramref name="Sign"/> 1) or <c>\mp</c> (-1). All of one item flip together.</summary>
internal sealed record PlusMinus(int Sign, Node Term) : Node
{
    public override IEnumerable<Node> Children => [Term];
}

/// <summary>Digits with a base as subscript.</summary>
internal sealed record Based(BigInteger Value, int Base) : Node;

/// <summary>A value with its unit: <c>degree</c>, <c>%</c>, <c>dollar</c>, <c>cm^2</c>.</summary>
internal sealed record Quantity(Node Value, string Unit) : Node
{
    public override IEnumerable<Node> Children => [Value];
}

/// <summary>Words of ordinary language, in lower case.</summary>
internal sealed record Words(string Text) : Node;

/// <summary>A tuple, point or interval: two or more items between brackets that count.</summary>
internal sealed record Brackets(char Open, ImmutableArray<Node> Items, char Close) : Node
{
    public override IEnumerable<Node> Children => Items;
}

/// <summary>Items whose order does not count: a set in braces, or a bare list (<paramref name="Repeats"/> count in lists).</summary>
internal sealed record Unordered(ImmutableArray<Node> Items, bool Repeats, bool Or = false) : Node
{
    public override IEnumerable<Node> Children => Items;
}

internal sealed record Union(ImmutableArray<Node> Parts) : Node
{
    public override IEnumerable<Node> Children => Parts;
}

internal sealed record Matrix(ImmutableArray<ImmutableArray<Node>> Rows) : Node
{
    public override IEnumerable<Node> Children => Rows.SelectMany(r => r);
}

/// <summary>Parts with one relation between each two: <c>=</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>, <c>in</c>, <c>~</c>.</summary>
internal sealed record Relation(ImmutableArray<Node> Parts, ImmutableArray<string> Operators) : Node
{
    public override IEnumerable<Node> Children => Parts;
}
