namespace CognitiveTools.Lab.Training.Probes;

/// <summary>How well a linear map reads the result of primitive k from thought k, on problems that it was not fitted on.</summary>
/// <param name="Thought">k, from 1.</param>
/// <param name="Fitted">Problems that the map was fitted on.</param>
/// <param name="Problems">Problems read.</param>
/// <param name="Right">Of these, results read right.</param>
/// <param name="Shuffled">The same for a map fitted on shuffled results, the control.</param>
/// <param name="Commonest">The same for the result that is the commonest among the fitted ones, always.</param>
internal sealed record ReadOutRow(int Thought, int Fitted, int Problems, int Right, int Shuffled, int Commonest);
