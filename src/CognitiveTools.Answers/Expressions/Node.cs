using System.Collections.Immutable;
using System.Numerics;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>A piece of a parsed answer. Immutable; sums and products are flat, so depth is bounded by the parser's nesting.</summary>
internal abstract record Node
{
    /// <summary>The parts, for walks that do not care what the node is.</summary>
    public virtual IEnumerable<Node> Children => [];

    /// <summary>Whether the node or any part satisfies a condition.</summary>
    public bool Any(Func<Node, bool> condition) => condition(this) || Children.Any(c => c.Any(condition));
}

/// <summary>A literal.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Digit">What one in its last digit is worth where it was written with a point, hence possibly rounded.</param>
internal sealed record Number(Rational Value, Rational? Digit = null) : Node
{
    public bool IsDecimal => Digit is not null;
}

/// <summary>A variable or constant: <c>x</c>, <c>x_1</c>, <c>pi</c>, <c>e</c>, <c>i</c>, <c>infinity</c>, a set like <c>RR</c>,
/// dots.</summary>
internal sealed record Symbol(string Name) : Node
{
    public const string Dots = "\u2026";

    public const string Reals = "RR";

    /// <summary>Whether the name stands for one known thing.</summary>
    public bool IsConstant => Name is "pi" or "e" or "i" or "infinity" or Dots or Reals or "ZZ" or "NN" or "QQ" or "CC";

    /// <summary>Whether it is one letter of the alphabet.</summary>
    public bool IsLetter => Name is [>= 'A' and <= 'Z' or >= 'a' and <= 'z'];
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

    public static Node Quotient(Node over, Node under) => new Product([over, Power.Inverse(under)]);
}

internal sealed record Power(Node Base, Node Exponent) : Node
{
    public override IEnumerable<Node> Children => [Base, Exponent];

    public static Power Inverse(Node node) => new(node, new Number(-1));
}

/// <summary>A function of one argument; <c>!</c> is the factorial, <c>binom</c> and <c>perm</c> take a pair, <c>conj</c> is the
/// conjugate.</summary>
internal sealed record Call(string Function, Node Argument) : Node
{
    public override IEnumerable<Node> Children => [Argument];

    public static Call OfPair(string function, Node first, Node second) => new(function, new Brackets('(', [first, second], ')'));
}

/// <summary>A term behind <c>\pm</c> (<paramref name="Sign"/> 1) or <c>\mp</c> (-1). All of one item flip together.</summary>
internal sealed record PlusMinus(int Sign, Node Term) : Node
{
    public override IEnumerable<Node> Children => [Term];
}

/// <summary>Digits with a base as subscript.</summary>
internal sealed record Based(BigInteger Value, int Base) : Node;

/// <summary>A value with its unit.</summary>
internal sealed record Quantity(Node Value, Unit Unit) : Node
{
    public override IEnumerable<Node> Children => [Value];
}

/// <summary>Words of ordinary language, in lower case.</summary>
internal sealed record Words(string Text) : Node;

/// <summary>A tuple, point or interval: two or more items between brackets that count. Open intervals written <c>]a,b[</c> have round
/// ones.</summary>
internal sealed record Brackets(char Open, ImmutableArray<Node> Items, char Close) : Node
{
    public override IEnumerable<Node> Children => Items;
}

/// <summary>Items whose order does not count: a set in braces, or a bare list (<paramref name="Repeats"/> count in lists).</summary>
internal sealed record Unordered(ImmutableArray<Node> Items, bool Repeats, Conjunction Conjunction = Conjunction.None) : Node
{
    /// <summary>Whether one of the items holds, not all.</summary>
    public bool Or => Conjunction.HasFlag(Conjunction.Or);

    public override IEnumerable<Node> Children => Items;
}

internal sealed record Union(ImmutableArray<Node> Parts) : Node
{
    public override IEnumerable<Node> Children => Parts;
}

/// <summary>What of one set is not, or is, in another.</summary>
internal sealed record SetPair(Node First, bool Minus, Node Second) : Node
{
    public override IEnumerable<Node> Children => [First, Second];
}

/// <summary>The real values of a variable for which a condition holds: <c>{x | x &lt; 3}</c>.</summary>
internal sealed record Builder(string Variable, Node Condition) : Node
{
    public override IEnumerable<Node> Children => [Condition];
}

internal sealed record Matrix(ImmutableArray<ImmutableArray<Node>> Rows) : Node
{
    public override IEnumerable<Node> Children => Rows.SelectMany(r => r);
}

/// <summary>A matrix or vector written with <c>^T</c>.</summary>
internal sealed record Transpose(Node Of) : Node
{
    public override IEnumerable<Node> Children => [Of];
}

/// <summary>Parts with one relation between each two: <c>=</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>,
/// <c>in</c>, <c>~</c>.</summary>
internal sealed record Relation(ImmutableArray<Node> Parts, ImmutableArray<string> Operators) : Node
{
    public override IEnumerable<Node> Children => Parts;
}

/// <summary>Two or more numbers in proportion: <c>3:5</c>.</summary>
internal sealed record Proportion(ImmutableArray<Node> Parts) : Node
{
    public override IEnumerable<Node> Children => Parts;
}

/// <summary>A time of day; <paramref name="Half"/> is <c>am</c>, <c>pm</c> or empty.</summary>
internal sealed record Clock(Rational Hour, Rational Minute, string Half) : Node;

/// <summary>The letter of an option with its text: <c>(B) 42</c>. The text is <see langword="null"/> where it could not be read.</summary>
internal sealed record Choice(string Letter, Node? Content) : Node
{
    public override IEnumerable<Node> Children => Content is null ? [] : [Content];
}

/// <summary>Text on the left of an equals sign that is not an expression known here: <c>\max</c>, <c>P(X=3)</c>. A name.</summary>
internal sealed record Opaque(string Text) : Node;
