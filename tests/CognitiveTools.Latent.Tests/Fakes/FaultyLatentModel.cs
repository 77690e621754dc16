using CognitiveTools.Chat;
using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Tests.Fakes;

/// <summary>
/// Counts the positions of every call to its sequences, and breaks down in the middle of one of them: half of the rows are forwarded
/// then, or three tokens generated, and the exception says so, as the engine's does.
/// </summary>
internal sealed class FaultyLatentModel(FakeLatentModel inner, int failingCall) : ILatentModel
{
    private const int TokensBeforeFault = 3;

    private int _calls;

    public int EmbeddingLength => inner.EmbeddingLength;

    public int VocabularySize => inner.VocabularySize;

    public int ContextLength => inner.ContextLength;

    public ITokenEmbeddings Embeddings => inner.Embeddings;

    public ITokenEmbeddings? OutputEmbeddings => inner.OutputEmbeddings;

    public ILatentTokenizer Tokenizer => inner.Tokenizer;

    /// <summary>Positions so far.</summary>
    public long Positions { get; private set; }

    /// <summary>Whether the call was reached.</summary>
    public bool HasFailed { get; private set; }

    public ILatentSequence Begin() => new Sequence(this, inner.Begin());

    public ValueTask<IReadOnlyList<StepOutcome>> StepAsync(IReadOnlyList<SequenceStep> group) => SequenceStep.RunInTurnAsync(group);

    private void Forward(int rows)
    {
        var isFault = IsFault();
        Positions += isFault ? rows / 2 : rows;
        if (isFault)
            Fail(new PartialWork(rows / 2, 0));
    }

    private bool IsFault() => _calls++ == failingCall;

    private void Fail(PartialWork work)
    {
        HasFailed = true;
        throw work.On(new InvalidOperationException("the decode failed"));
    }

    private sealed class Sequence(FaultyLatentModel model, ILatentSequence sequence) : ILatentSequence
    {
        public int Length => sequence.Length;

        public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<int> tokens, CancellationToken cancellationToken = default)
        {
            model.Forward(tokens.Length);
            return sequence.AppendAsync(tokens, cancellationToken);
        }

        public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<float> embeddings, CancellationToken cancellationToken = default)
        {
            model.Forward(embeddings.Length / model.EmbeddingLength);
            return sequence.AppendAsync(embeddings, cancellationToken);
        }

        public async ValueTask<Continuation> ContinueAsync(ContinuationOptions options, CancellationToken cancellationToken = default)
        {
            if (model.IsFault())
            {
                model.Positions += TokensBeforeFault;
                model.Fail(new PartialWork(0, TokensBeforeFault, Text: "abc"));
            }

            var said = await sequence.ContinueAsync(options, cancellationToken);
            model.Positions += said.Tokens.Count;
            return said;
        }

        public ILatentSequence Fork() => new Sequence(model, sequence.Fork());

        public void Rewind(int length) => sequence.Rewind(length);

        public ValueTask DisposeAsync() => sequence.DisposeAsync();
    }
}
