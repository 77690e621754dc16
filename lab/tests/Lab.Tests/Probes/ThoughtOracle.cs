using CognitiveTools.Latents;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Lab.Tests.Probes;

/// <summary>A latent model whose token is its number, whose embeddings are unit vectors, and whose thoughts a test decides.</summary>
/// <param name="think">From what was asked and the number of the thought, from 1, the unit vectors that the thought is the sum of.</param>
internal sealed class ThoughtOracle(Func<string, int, IReadOnlyList<int>> think) : ILatentModel, ILatentTokenizer, ITokenEmbeddings
{
    public const int Begin = 99;

    private string _asked = "";

    public int EmbeddingLength => 100;

    public int VocabularySize => 100;

    public int ContextLength => 1000;

    public ITokenEmbeddings Embeddings => this;

    public ILatentTokenizer Tokenizer => this;

    public int Count => 100;

    public int Length => 100;

    public float MeanNorm => 1;

    public float RootMeanSquareNorm => 1;

    ILatentSequence ILatentModel.Begin() => new Sequence(this);

    public ValueTask<IReadOnlyList<StepOutcome>> StepAsync(IReadOnlyList<SequenceStep> group) => SequenceStep.RunInTurnAsync(group);

    public int[] EncodeChat(IEnumerable<ChatMessage> messages)
    {
        _asked = messages.Last().Text;
        return [1, 2, 3];
    }

    public int[] Encode(string text) => [int.Parse(text)];

    public int? Find(string text) => null;

    public string Describe(int token) => $"{token}";

    public void CopyRow(int token, Span<float> destination)
    {
        destination.Clear();
        destination[token] = 1;
    }

    private sealed class Sequence(ThoughtOracle oracle) : ILatentSequence
    {
        private int _hops;

        public int Length { get; private set; }

        public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<int> tokens, CancellationToken cancellationToken = default)
        {
            Assert.Equal(Begin, tokens.Span[^1]);
            return Next(tokens.Length);
        }

        public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<float> embeddings, CancellationToken cancellationToken = default) =>
            Next(1);

        public ValueTask<Continuation> ContinueAsync(ContinuationOptions options, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ILatentSequence Fork() => throw new NotSupportedException();

        public void Rewind(int length) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private ValueTask<Prediction> Next(int positions)
        {
            Length += positions;
            var hidden = new float[100];
            foreach (var node in oracle.Think(oracle._asked, ++_hops))
                hidden[node] = 1;
            return ValueTask.FromResult(new Prediction(hidden, new float[100]));
        }
    }

    private IReadOnlyList<int> Think(string asked, int number) => think(asked, number);
}
