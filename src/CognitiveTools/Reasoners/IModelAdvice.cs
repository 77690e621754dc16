namespace CognitiveTools.Reasoners;

/// <summary>Advice about a host's model that may explain a solve without an answer. The registration of a model may add one.</summary>
internal interface IModelAdvice
{
    /// <summary>
    /// One sentence with a problem and its remedy; <see langword="null"/> without a problem. Read after a solve, so the model is loaded.
    /// </summary>
    string? Note { get; }
}
