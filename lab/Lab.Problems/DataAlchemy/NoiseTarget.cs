namespace CognitiveTools.Lab.Problems.DataAlchemy;

/// <summary>Which tokens noise may damage.</summary>
internal enum NoiseTarget
{
    /// <summary>The letters.</summary>
    Element,

    /// <summary>The function tokens.</summary>
    Transformation,

    /// <summary>Both.</summary>
    All,
}
