using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Tests.Fakes;

/// <summary>
/// A model small enough to compute by hand: <c>h(t) = tanh(A h(t-1) + x(t))</c> in three dimensions, logits <c>W h</c>
/// over eight tokens. Each hidden state depends on the whole prefix, so a wrong fork or rewind shows.
/// </summary>
/// <remarks>The reference values of the rules were computed with the same numbers, so that they may not change.</remarks>
public sealed class FakeLatentModel : ILatentModel
{
    public const int BeginOfText = 0;
    public const int EndOfTurn = 1;

    internal static readonly float[][] Transition =
        [[0.5f, -0.3f, 0.1f], [0.2f, 0.4f, -0.25f], [-0.1f, 0.35f, 0.3f]];

    internal static readonly float[][] Output =
    [
        [-1.0f, 0.2f, -0.5f], [-0.8f, -0.9f, 0.3f], [1.5f, 0.3f, -0.7f], [-0.4f, 1.6f, 0.2f],
        [0.3f, -0.6f, 1.7f], [0.7f, 0.5f, 0.4f], [-0.2f, -0.3f, -0.9f], [-0.6f, 0.1f, -0.2f],
    ];

    private int _openSequences;

    public int EmbeddingLength => 3;

    public int VocabularySize => Output.Length;

    public int ContextLength { get; init; } = 64;

    public ITokenEmbeddings Embeddings { get; init; } = new FakeEmbeddings();

    public ITokenEmbeddings? OutputEmbeddings { get; init; }

    public ILatentTokenizer Tokenizer { get; init; } = new FakeTokenizer();

    /// <summary>Tokens after which the model ends its turn by itself.</summary>
    public int AnswerLength { get; init; } = int.MaxValue;

    /// <summary>First position whose logits are NaN.</summary>
    public int IsBrokenFrom { get; init; } = int.MaxValue;

    /// <summary>Whether continuations say their margins.</summary>
    public bool ReportsMargins { get; init; } = true;

    /// <summary>The tokens that open and close thoughts; <see langword="null"/> for a model without a format of thoughts.</summary>
    public (int Open, int Close)? ThoughtMarks { get; init; }

    /// <summary>Called before each append with the number of rows and what is appended.</summary>
    public Action<string, int>? OnAppend { get; init; }

    /// <summary>Sequences begun or forked and not yet disposed.</summary>
    public int OpenSequences => _openSequences;

    /// <summary>Rows appended so far, over all sequences.</summary>
    public int Forwarded { get; internal set; }

    /// <summary>Members of each group that was stepped, in order: a for an append, c for a continuation.</summary>
    public List<string> Groups { get; } = [];

    /// <summary>Embedding rows appended so far, over all sequences, in order.</summary>
    public List<float[]> FedEmbeddings { get; } = [];

    public ILatentSequence Begin()
    {
        _openSequences++;
        return new FakeLatentSequence(this, []);
    }

    public ValueTask<IReadOnlyList<StepOutcome>> StepAsync(IReadOnlyList<SequenceStep> group)
    {
        Groups.Add(string.Concat(group.Select(static step => step.Continuation is null ? 'a' : 'c')));
        return SequenceStep.RunInTurnAsync(group);
    }

    SeparatedText? ILatentModel.Separate(TurnSoFar turn, bool isEnd) => Separate(turn);

    internal SeparatedText? Separate(TurnSoFar turn)
    {
        if (ThoughtMarks is not var (open, close))
            return null;
        var (text, thoughts, count) = ("", "", 0);
        var isOpen = turn.Prompt is [.., var last] && last == open;
        foreach (var token in turn.Tokens)
        {
            count += token.IsGenerated && (isOpen || token.Token == open) ? 1 : 0;
            if (token.Token == open || token.Token == close)
                isOpen = token.Token == open;
            else if (token.IsText && isOpen)
                thoughts += Tokenizer.Describe(token.Token);
            else if (token.IsText)
                text += Tokenizer.Describe(token.Token);
        }

        return new(text, thoughts, count);
    }

    internal void Opened() => _openSequences++;

    internal void Closed() => _openSequences--;
}
