namespace CognitiveTools.Lab.Learning.Data;

/// <summary>What one thought stands for.</summary>
internal enum SolutionUnit
{
    /// <summary>One piece of arithmetic with its result.</summary>
    Primitive,

    /// <summary>A numbered step.</summary>
    Step,

    /// <summary>One token of all that stands before the answer (DataAlchemy).</summary>
    Token,
}
