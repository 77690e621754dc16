using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Solving;

/// <summary>
/// The turn of a trajectory in words: those that a rule wrote between its thoughts, and then the continuation; thoughts of the model's
/// own format apart. Such a thought may begin or end in a latent step, which the most probable token tells.
/// </summary>
internal sealed class SpokenTurn(ILatentModel model, IProgress<TextPiece>? observer)
{
    private readonly List<TurnToken> _steps = [];
    private int[] _conversation = [];
    private int[] _begin = [];
    private int[] _end = [];
    private bool _isDropped;

    /// <summary>Reports the text as it is written; <see langword="null"/> when nobody observes it.</summary>
    public SpokenText? Observer { get; } = SpokenText.For(observer);

    /// <summary>Sets what is before the thoughts.</summary>
    /// <param name="conversation">Tokens of the conversation.</param>
    /// <param name="begin">Tokens between it and the thoughts.</param>
    public void Begin(int[] conversation, IEnumerable<int> begin) => (_conversation, _begin) = (conversation, [.. begin]);

    /// <summary>Sets the tokens behind the thoughts.</summary>
    public void End(IEnumerable<int> end) => _end = [.. end];

    /// <summary>Notes that the thoughts were removed from the cache. Their words stay in the text.</summary>
    public void Drop() => _isDropped = true;

    /// <summary>Adds a thought.</summary>
    /// <param name="input">What was fed.</param>
    /// <param name="top">The most probable token of the prediction that it was made from.</param>
    public void Add(in ThoughtInput input, int top)
    {
        if (input.Word is not { } word)
        {
            _steps.Add(TurnToken.Unsaid(input.Kind == ThoughtInputKind.Token ? input.Token : top));
            return;
        }

        _steps.Add(new(word, IsText: true, IsGenerated: input.Kind == ThoughtInputKind.Word));
        Observer?.CatchUp(Said(isEnd: false));
    }

    /// <summary>The words so far.</summary>
    /// <param name="isEnd">Whether no continuation follows.</param>
    public SeparatedText Said(bool isEnd)
    {
        var words = _steps.Where(static step => step.IsText).Select(static step => step.Token).ToList();
        return words.Count == 0 ? new("", "", 0)
            : model.Separate(Turn(_steps), isEnd) ?? new(string.Concat(words.Select(model.Tokenizer.Describe)), "", 0);
    }

    /// <summary>The turn that a continuation goes on with.</summary>
    /// <param name="thoughtTokens">Thought tokens that it may have beside its visible text.</param>
    public TurnSoFar Before(long thoughtTokens) =>
        Turn(_isDropped ? [] : _steps) with { ThoughtTokens = (int)Math.Min(int.MaxValue, thoughtTokens) };

    /// <summary>The mean margin over the tokens of a continuation's visible text.</summary>
    public double Confidence(Continuation answer)
    {
        if (answer.ThoughtTokens == 0)
            return answer.Margins.DefaultIfEmpty(0).Average();
        var before = Before(0).Tokens.Select(static token => TurnToken.Unsaid(token.Token)).ToList();
        var ends = TurnReading.Ends(model, Before(0) with { Tokens = [.. before, .. answer.Tokens.Select(TurnToken.Said)] });
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < answer.Tokens.Count; i++)
        {
            var at = before.Count + i;
            if (ends[at] > (at == 0 ? 0 : ends[at - 1]))
                (sum, count) = (sum + answer.Margins[i], count + 1);
        }

        return count == 0 ? 0 : sum / count;
    }

    private TurnSoFar Turn(IReadOnlyList<TurnToken> steps) =>
        new(_conversation, [.. _begin.Select(TurnToken.Unsaid), .. steps, .. _end.Select(TurnToken.Unsaid)]);
}
