using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Thoughts;

/// <summary>The thoughts about one question, used by one caller at a time.</summary>
public interface IThoughtState
{
    /// <summary>Makes the next input from the prediction at the end of the sequence.</summary>
    /// <param name="prediction">The prediction after the previous input; at first, after the prompt.</param>
    /// <returns>An embedding, a token, or <see cref="ThoughtInput.Stop"/>.</returns>
    ThoughtInput Next(in Prediction prediction);
}
