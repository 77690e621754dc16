using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>A unit as powers of base units and what one of it is in those: <c>cm^2</c> is 1/10000 of <c>m^2</c>.</summary>
/// <param name="Base">Powers of base units, sorted.</param>
/// <param name="Scale">Base units in one.</param>
internal readonly record struct Unit(string Base, Rational Scale)
{
    public static Unit Degree { get; } = new("degree", Rational.One);

    /// <summary>Whether a residue is measured: <c>4 \pmod 7</c>.</summary>
    public bool IsModulus => Base.StartsWith("mod ", StringComparison.Ordinal);

    public static Unit Percent { get; } = new("%", Rational.One);

    public static Unit Dollar { get; } = new("dollar", Rational.One);
}
