using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Heima;

/// <summary>
/// Heima (2025, arXiv 2501.19201) on text: the model writes one thinking token for each stage of a solution, then the answer. The tokens
/// are ordinary ones, nothing is fed back. After the answer an interpreter, the same model under another prompt, writes the stages out: the
/// last hidden state at a token, behind the last norm, stands in the place of the token's embedding.
/// </summary>
/// <remarks>
/// The thinking tokens are the most probable ones at any temperature. What the interpreter forwards, and what a donor question costs, is
/// not part of the answer and counts as discarded. The paper's interpreter is a second model.
/// </remarks>
/// <param name="model">A model that was trained with the tokens.</param>
/// <param name="options">Prompts, tokens and readings.</param>
/// <param name="time">The clock of the wall-time budget.</param>
internal sealed class HeimaReasoner(ILatentModel model, HeimaOptions options, TimeProvider time) : IReasoner
{
    /// <inheritdoc/>
    public Task<Reasoning> SolveAsync(Question question, SolveOptions solveOptions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(solveOptions);
        return new HeimaSolve(model, options, question, solveOptions, time).SolveAsync(cancellationToken);
    }
}
