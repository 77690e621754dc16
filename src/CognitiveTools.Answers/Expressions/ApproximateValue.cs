using System.Numerics;
using System.Runtime.InteropServices;

namespace CognitiveTools.Answers.Expressions;

/// <summary>A value in double precision and a bound on how far rounding has moved it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ApproximateValue(Complex Value, double Error)
{
    /// <summary>Half of the last bit of a double, relative.</summary>
    public const double Rounding = 1.2e-16;

    public static ApproximateValue Of(Complex value) => new(value, Complex.Abs(value) * Rounding);

    public bool IsFinite => Complex.IsFinite(Value) && double.IsFinite(Error);
}
