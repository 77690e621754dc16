namespace CognitiveTools.Llama.Engine;

/// <summary>
/// The longest turn that an engine will be asked for; a context that nobody set has room for it, where model and memory allow.
/// </summary>
/// <param name="Answer">Tokens of the visible text.</param>
/// <param name="Thoughts">Tokens of thoughts, if the model thinks.</param>
internal sealed record LongestTurn(int Answer, int Thoughts)
{
    private const int PromptRoom = 4_096; // the question, prompts, and what tools have returned

    /// <summary>Positions of a sequence that ends with such a turn.</summary>
    internal long Positions(bool thinks) => (long)Answer + PromptRoom + (thinks ? Thoughts : 0);
}
