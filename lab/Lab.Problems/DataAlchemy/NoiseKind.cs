namespace CognitiveTools.Lab.Problems.DataAlchemy;

/// <summary>What noise does to a token.</summary>
internal enum NoiseKind
{
    /// <summary>A foreign token comes before it. Nothing is lost.</summary>
    Insert,

    /// <summary>It is left out.</summary>
    Delete,

    /// <summary>A foreign token takes its place.</summary>
    Modify,

    /// <summary>One of the other three, drawn for every token.</summary>
    Hybrid,
}
