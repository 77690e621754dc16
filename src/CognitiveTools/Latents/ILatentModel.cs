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
    /// Steps several sequences of this model together: the engine gets their appends and continuations as one group and uses as few
    /// decodes as it can. The result does not depend on the timing of callers.
    /// </summary>
    /// <param name="group">At least one step; each of a different sequence.</param>
    /// <returns>
    /// One outcome per member, in their order, once all of them have one. A member that fails or is cancelled does not affect the
    /// others. When the engine has free lanes for some members only, the others <see cref="StepOutcome.Waits"/>; without any free
    /// lane the call waits for one, so that at least one outcome is final.
    /// </returns>
    /// <exception cref="ArgumentException">The group is empty, has a sequence twice, or one of another model.</exception>
    ValueTask<IReadOnlyList<StepOutcome>> StepAsync(IReadOnlyList<SequenceStep> group);

    /// <summary>The text of a turn, its thoughts apart.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="isEnd">Whether it is complete; otherwise a part that later tokens may make a mark of thoughts is left out.</param>
    /// <returns><see langword="null"/> when the engine has no format of thoughts for the model.</returns>
    internal SeparatedText? Separate(TurnSoFar turn, bool isEnd) => null;
}
