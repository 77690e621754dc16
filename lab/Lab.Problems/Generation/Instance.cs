namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>One drawn problem before it is worded: parameters, a canonical form, and the way to its answer.</summary>
internal abstract record Instance
{
    /// <summary>The parameters in a short unambiguous form, <c>name(arguments)</c>; equal problems have equal forms.</summary>
    public abstract string Canonical { get; }

    /// <summary>The problem in words.</summary>
    /// <param name="wording">Index of the template, below <see cref="ProblemFamily.Wordings"/>.</param>
    public abstract string Ask(int wording);

    /// <summary>Works the problem out on the recorder and returns the answer.</summary>
    public abstract int Solve(CalculationRecorder recorder);
}

/// <summary>A problem that starts from a value which may be another problem's answer.</summary>
internal abstract record ContinuingInstance : Instance
{
    /// <summary>The value it starts from.</summary>
    public abstract int Start { get; init; }

    /// <summary>Works it out from another starting value, as happens after a slip in the problem before it.</summary>
    public abstract int SolveFrom(int start, CalculationRecorder recorder);

    /// <inheritdoc/>
    public sealed override int Solve(CalculationRecorder recorder) => SolveFrom(Start, recorder);
}
