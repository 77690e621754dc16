namespace CognitiveTools.Lab.Learning.Data;

/// <summary>What one thought stands for.</summary>
internal enum SolutionUnit
{
    /// <summary>One piece of arithmetic with its result.</summary>
    Primitive,

    /// <summary>A primitive, or the number of a step but the first: how the models of the first edition were cut, by mistake.</summary>
    PrimitiveOrNumber,

    /// <summary>A numbered step.</summary>
    Step,

    /// <summary>A sentence (ProsQA).</summary>
    Sentence,

    /// <summary>One token of all that stands before the answer (DataAlchemy).</summary>
    Token,
}
