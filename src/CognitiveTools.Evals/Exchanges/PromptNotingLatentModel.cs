using CognitiveTools.Latents;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Evals.Exchanges;

/// <summary>Lets a probe see the prompts of latent reasoners, which talk to no chat client.</summary>
internal sealed class PromptNotingLatentModel(ILatentModel inner) : ILatentModel
{
    public int EmbeddingLength => inner.EmbeddingLength;

    public int VocabularySize => inner.VocabularySize;

    public int ContextLength => inner.ContextLength;

    public ITokenEmbeddings Embeddings => inner.Embeddings;

    public ITokenEmbeddings? OutputEmbeddings => inner.OutputEmbeddings;

    public ILatentTokenizer Tokenizer { get; } = new NotingTokenizer(inner.Tokenizer);

    public ILatentSequence Begin() => inner.Begin();

    public ValueTask<IReadOnlyList<StepOutcome>> StepAsync(IReadOnlyList<SequenceStep> group) => inner.StepAsync(group);

    private sealed class NotingTokenizer(ILatentTokenizer tokenizer) : ILatentTokenizer
    {
        public int[] EncodeChat(IEnumerable<ChatMessage> messages)
        {
            ChatMessage[] asked = [.. messages];
            ExchangeScope.Current?.Note(asked);
            return tokenizer.EncodeChat(asked);
        }

        public int[] Encode(string text) => tokenizer.Encode(text);

        public int? Find(string text) => tokenizer.Find(text);

        public string Describe(int token) => tokenizer.Describe(token);

        public string Decode(IEnumerable<int> tokens) => tokenizer.Decode(tokens);

        public bool IsEndOfTurn(int token) => tokenizer.IsEndOfTurn(token);
    }
}
