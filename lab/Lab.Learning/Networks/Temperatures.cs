using System.Runtime.InteropServices;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Temperatures that the tokens of a text are drawn at; 0 is greedy.</summary>
/// <param name="First">Of the first token.</param>
/// <param name="Others">Of the others.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Temperatures(double First, double Others)
{
    /// <summary>One temperature for all tokens.</summary>
    public static implicit operator Temperatures(double all) => new(all, all);

    /// <summary>The temperature of a token, counted from 0.</summary>
    public double At(int token) => token == 0 ? First : Others;
}
