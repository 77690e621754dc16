namespace CognitiveTools.Lab.Problems.DataAlchemy;

/// <summary>The basic functions of the world.</summary>
internal enum Transformation
{
    /// <summary><c>[F1]</c>: every letter moves along the alphabet, by 13 unless the world says otherwise.</summary>
    Rotate = 1,

    /// <summary><c>[F2]</c>: the letters move along the element in a circle.</summary>
    Shift = 2,

    /// <summary><c>[F3]</c>: the letters come in reverse order.</summary>
    Reverse = 3,
}
