namespace CognitiveTools.Lab.Learning.Features;

/// <summary>How well a feature tells two prompts apart, at the last token of a prompt.</summary>
/// <param name="Feature">Its number.</param>
/// <param name="Auc">Probability that it is more active at a prompt of the first format than at one of the second; ties count half.</param>
/// <param name="First">Mean activity at prompts of the first format.</param>
/// <param name="Second">Mean activity at prompts of the second format.</param>
internal sealed record FeatureRow(int Feature, double Auc, double First, double Second);
