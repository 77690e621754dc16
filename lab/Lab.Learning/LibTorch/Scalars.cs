using System.Collections.Concurrent;
using TorchSharp;

namespace CognitiveTools.Lab.Learning.LibTorch;

/// <summary>
/// Numbers as TorchSharp takes them, kept for ever. A number in a call becomes a <see cref="Scalar"/> that nothing holds: the collector may
/// free it before LibTorch has read it, and what is read then is an error or another number. Numbers that differ from step to step are held
/// by a <c>using</c> of their own, made with <c>ToScalar</c>; BannedSymbols.txt forbids the silent conversion.
/// </summary>
internal static class Scalars
{
    private static readonly ConcurrentDictionary<double, Scalar> Doubles = new();
    private static readonly ConcurrentDictionary<long, Scalar> Wholes = new();

    /// <summary>The scalar of a number that is one of a few.</summary>
    public static Scalar Of(double value) => Doubles.GetOrAdd(value, static value => value.ToScalar());

    /// <inheritdoc cref="Of(double)"/>
    public static Scalar Of(long value) => Wholes.GetOrAdd(value, static value => value.ToScalar());
}
