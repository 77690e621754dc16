namespace CognitiveTools.Answers.Expressions;

/// <summary>A limit was hit. Never leaves this folder: <see cref="Expression"/> turns it into a comparison of texts.</summary>
internal sealed class OperationLimitException(string limit) : Exception($"The limit of {limit} was hit.");
