using System.Runtime.InteropServices;

namespace CognitiveTools.Evals.Statistics;

/// <summary>One problem's samples under two arms.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PairedCounts
{
    /// <summary>Creates the counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or there are no samples.</exception>
    public PairedCounts(int firstCorrect, int firstSamples, int secondCorrect, int secondSamples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstSamples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(secondSamples, 1);
        if (firstCorrect < 0 || firstCorrect > firstSamples)
            throw new ArgumentOutOfRangeException(nameof(firstCorrect), firstCorrect, "Correct samples lie between 0 and all samples.");
        if (secondCorrect < 0 || secondCorrect > secondSamples)
            throw new ArgumentOutOfRangeException(nameof(secondCorrect), secondCorrect, "Correct samples lie between 0 and all samples.");
        (FirstCorrect, FirstSamples, SecondCorrect, SecondSamples) = (firstCorrect, firstSamples, secondCorrect, secondSamples);
    }

    /// <summary>Correct samples of the first arm.</summary>
    public int FirstCorrect { get; }

    /// <summary>Samples of the first arm.</summary>
    public int FirstSamples { get; }

    /// <summary>Correct samples of the second arm.</summary>
    public int SecondCorrect { get; }

    /// <summary>Samples of the second arm.</summary>
    public int SecondSamples { get; }

    /// <summary>Second arm's accuracy minus the first's.</summary>
    public double Difference => ((double)SecondCorrect / SecondSamples) - ((double)FirstCorrect / FirstSamples);
}
