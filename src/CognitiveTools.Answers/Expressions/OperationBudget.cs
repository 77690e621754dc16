namespace CognitiveTools.Answers.Expressions;

/// <summary>
/// The operations one reading or comparison may spend. A counter and not a clock, so that a verdict does not depend on
/// the machine; timers that abort threads are what Math-Verify's issues #50 and #55 are about.
/// </summary>
internal sealed class OperationBudget(int operations = OperationBudget.Default)
{
    /// <summary>Operations of one comparison; some tens of milliseconds when all are spent.</summary>
    public const int Default = 1_000_000;

    /// <summary>Deepest nesting of brackets, exponents and calls that is read.</summary>
    public const int DeepestNesting = 64;

    /// <summary>Longest integer that is computed with, in bits.</summary>
    public const long LongestInteger = 16_384;

    /// <summary>What is left.</summary>
    public int Left { get; private set; } = operations;

    /// <summary>Pays for operations.</summary>
    /// <exception cref="OperationLimitException">Nothing is left.</exception>
    public void Spend(long operations)
    {
        if (operations > Left)
            throw new OperationLimitException("operations");
        Left -= (int)operations;
    }
}
