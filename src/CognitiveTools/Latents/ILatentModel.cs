namespace CognitiveTools.Latents;

/// <summary>
/// A model whose hidden states can be read and whose inputs may be embeddings instead of tokens.
/// Thread-safe; sequences made from it are not.
/// </summary>
public interface ILatentModel
{
    /// <summary>Width of one input row and of one hidden state, in floats.</summary>
    int EmbeddingLength { get; }

    /// <summary>Number of tokens in the vocabulary; the length of <see cref="Prediction.Logits"/>.</summary>
    int VocabularySize { get; }

    /// <summary>Positions one sequence may hold.</summary>
    int ContextLength { get; }

    /// <summary>The input embedding matrix.</summary>
    ITokenEmbeddings Embeddings { get; }

    /// <summary>
    /// The output matrix, whose rows turn a hidden state into logits, as stored; equal to the unscaled input matrix where
    /// the two are tied.
    /// </summary>
    /// <value><see langword="null"/> when the engine cannot give it.</value>
    ITokenEmbeddings? OutputEmbeddings => null;

    /// <summary>Tokens and chat format of the model.</summary>
    ILatentTokenizer Tokenizer { get; }

    /// <summary>Opens an empty sequence.</summary>
    ILatentSequence Begin();

    /// <summary>
    /// Steps several sequences of this model together: what they append goes to the engine as one group, and those that go on
    /// verbally begin together, in as few decodes as the engine can. Nothing depends on how soon which caller wakes up.
    /// </summary>
    /// <param name="group">At least one step; each of another sequence.</param>
    /// <returns>
    /// One outcome per member, in their order, once all of them have one. A member that fails or is cancelled leaves the others
    /// alone. Where the engine has a place (a lane) for some members only, the rest <see cref="StepOutcome.Waits"/>; where it has
    /// none for any member, the call waits for the first one, so that at least one outcome is final.
    /// </returns>
    /// <exception cref="ArgumentException">The group is empty, has a sequence twice, or one of another model.</exception>
    ValueTask<IReadOnlyList<StepOutcome>> StepAsync(IReadOnlyList<SequenceStep> group);
}
