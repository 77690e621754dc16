namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>What is random in a <see cref="Gram"/>: the method, and its controls of equal parameters.</summary>
internal enum GramNoise
{
    /// <summary>Every transition adds noise whose mean and deviation are learned.</summary>
    Learned,

    /// <summary>The same with a deviation that is set.</summary>
    Fixed,

    /// <summary>Transitions add the mean alone; the first state is drawn with a deviation that is set.</summary>
    Start,

    /// <summary>Nothing: transitions add the mean alone.</summary>
    None,
}
