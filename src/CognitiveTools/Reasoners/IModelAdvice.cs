namespace CognitiveTools.Reasoners;

/// <summary>What a host knows about its model that may explain a solve without an answer. A registration of a model may add one.</summary>
internal interface IModelAdvice
{
    /// <summary>A sentence with what is odd and what to do; <see langword="null"/> when nothing is. Asked after a solve, so the model is
    /// loaded.</summary>
    string? Note { get; }
}
