using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Expressions;

/// <summary>Tells values apart that double precision cannot, by what is known about the numbers themselves.</summary>
internal static class Transcendence
{
    /// <summary>
    /// Whether two values surely differ: one is rational, and the other is a function's value that is rational only at one point
    /// (Lindemann and Weierstrass), or a root whose power is another number.
    /// </summary>
    public static bool Differ(Node a, RationalFunction? exactA, Node b, RationalFunction? exactB) =>
        (exactA?.AsRational is { } left && (IsTranscendental(b) || IsOtherRoot(exactB, left)))
        || (exactB?.AsRational is { } right && (IsTranscendental(a) || IsOtherRoot(exactA, right)));

    private static bool IsTranscendental(Node node) => node is Call { Function: var function, Argument: var argument }
        && function is "ln" or "sin" or "cos" or "tan" or "exp" or "arctan" or "arcsin" or "sinh" or "tanh"
        && new ExactEvaluator(new OperationBudget(10_000)).Evaluate(argument)?.AsRational is { } value
        && (function is "ln" ? value.Sign > 0 && value != Rational.One : !value.IsZero);

    private static bool IsOtherRoot(RationalFunction? root, Rational other) =>
        RootPowers.PowerOf(root) is var (power, index) && other.Bits < OperationBudget.LongestInteger / index
            && other.Power(index) != power;
}
