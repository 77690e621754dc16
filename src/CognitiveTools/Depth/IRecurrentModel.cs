using CognitiveTools.Latents;

namespace CognitiveTools.Depth;

/// <summary>A latent model with a core that is applied as often as a policy says. Thread-safe; sequences made from it are not.</summary>
internal interface IRecurrentModel : ILatentModel
{
    /// <summary>The default depth of sequences.</summary>
    DepthPolicy Depth { get; }

    /// <summary>Text with which the model begins every answer; may be empty.</summary>
    string AnswerLead { get; }

    /// <summary>Opens an empty sequence.</summary>
    /// <param name="depth">How often the core is applied; <see langword="null"/> for the model's <see cref="Depth"/>.</param>
    IRecurrentSequence Begin(DepthPolicy? depth);
}
