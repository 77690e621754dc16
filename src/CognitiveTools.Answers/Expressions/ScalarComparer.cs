using System.Numerics;
using CognitiveTools.Randomness;

namespace CognitiveTools.Answers.Expressions;

/// <summary>Compares two trees that stand for numbers or for expressions in variables.</summary>
internal sealed class ScalarComparer(OperationBudget work)
{
    // Relative; below it, double arithmetic cannot tell two values apart.
    private const double NumericTolerance = 1e-13;

    // A value that rounding has moved by more than this says nothing.
    private const double LargestError = 1e-7;
    private const int Points = 6;

    /// <summary>Whether the two are equal: exactly, or one a decimal to which the other rounds (<see cref="DecimalRounding"/>).</summary>
    public bool Equal(Node a, Node b)
    {
        var exactA = Exact(a);
        var exactB = Exact(b);
        if (exactA is not null && exactB is not null)
        {
            if (exactA.AsRational is { } left && exactB.AsRational is { } right)
                return left == right || DecimalRounding.AreRoundings(a, left, b, right);
            if (Difference(exactA, exactB) is { } difference)
            {
                if (difference.IsZero)
                    return true;
                if (!difference.IsOpaque && !DecimalRounding.HasAny(a, b))
                    return false;
            }
        }

        return AgreeInField(a, b)
            ?? (!DecimalRounding.HasAny(a, b) && Transcendence.Differ(a, exactA, b, exactB) ? false : AgreeInNumbers(a, b));
    }

    /// <summary>The exact value, or <see langword="null"/> when there is none or it is too long.</summary>
    public RationalFunction? Exact(Node node) => WithinShare(share => new ExactEvaluator(share).Evaluate(node));

    private Polynomial? Difference(RationalFunction a, RationalFunction b) => WithinShare(share => a.Difference(b, share));

    // A tree too long to expand must leave enough for the tests by evaluation.
    private T? WithinShare<T>(Func<OperationBudget, T?> compute)
        where T : class
    {
        var given = Math.Min(work.Left, OperationBudget.Default / 10);
        var share = new OperationBudget(given);
        T? value = null;
        try
        {
            value = compute(share);
        }
        catch (OperationLimitException)
        {
            // too long: the caller evaluates instead
        }

        work.Spend(given - share.Left);
        return value;
    }

    // Equal or not when both are rational functions; null when the field does not tell.
    private bool? AgreeInField(Node a, Node b)
    {
        if (DecimalRounding.HasAny(a, b))
            return null;
        for (var seed = 0UL; seed < 3; seed++)
        {
            var field = new FieldEvaluator(seed, work);
            if (field.Evaluate(a) is not { } left || field.Evaluate(b) is not { } right)
                return null;
            if (left != right)
                return false;
        }

        return true;
    }

    private bool AgreeInNumbers(Node a, Node b)
    {
        var hasVariables = a.Any(IsVariable) || b.Any(IsVariable);
        var compared = 0;
        for (var point = 0; point < (hasVariables ? Points : 1); point++)
        {
            work.Spend(1_000);
            var numbers = new NumericEvaluator(name => Coordinate(name, point));
            var (left, right) = (numbers.Evaluate(a), numbers.Evaluate(b));
            if (!left.IsFinite || !right.IsFinite)
                continue;
            var size = Math.Max(Complex.Abs(left.Value), Complex.Abs(right.Value));
            var error = 16 * (left.Error + right.Error);
            var distance = Complex.Abs(left.Value - right.Value);
            if (distance > Math.Max(error, size * NumericTolerance))
                return !hasVariables && DecimalRounding.AreRoundings(a, left.Value, b, right.Value);
            if (error > size * LargestError && distance > 0)
                continue;
            compared++;
        }

        // Too big for doubles, or without a value like 1/0: the numbers decide nothing.
        return compared >= (hasVariables ? Points / 2 : 1) ? true : throw new OperationLimitException("precision");
    }

    private static bool IsVariable(Node node) => node is Symbol { IsConstant: false } or Symbol { Name: "infinity" or Symbol.Dots };

    // Between 0.25 and 2.25, of either sign, and the same for the same name everywhere.
    private static double Coordinate(string name, int point)
    {
        var size = 0.25 + 2.0 * (StableHash.Of(FormattableString.Invariant($"{point}:{name}")) / (double)ulong.MaxValue);
        return point % 2 == 0 ? size : -size;
    }
}
