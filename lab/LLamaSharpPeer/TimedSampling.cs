using System.Diagnostics;
using LLama.Native;
using LLama.Sampling;

namespace CognitiveTools.Lab.LLamaSharpPeer;

/// <summary>
/// Greedy sampling that counts its tokens and notes the time of the first and the last one: an executor reports pieces of text, and not
/// every token has one. A token that would end the text is replaced, so that every measurement has its full number of steps.
/// </summary>
/// <param name="vocabulary">Vocabulary of the model.</param>
/// <param name="replacement">Token in place of one that ends the text.</param>
internal sealed class TimedSampling(SafeLlamaModelHandle.Vocabulary vocabulary, LLamaToken replacement) : ISamplingPipeline
{
    private readonly GreedySamplingPipeline _greedy = new();
    private long _first;
    private long _last;

    /// <summary>Tokens that were sampled.</summary>
    public int Tokens { get; private set; }

    /// <summary>Time between the first and the last sampled token.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_first, _last);

    public LLamaToken Sample(SafeLLamaContextHandle ctx, int index)
    {
        var token = _greedy.Sample(ctx, index);
        _last = Stopwatch.GetTimestamp();
        if (Tokens++ == 0)
            _first = _last;
        return token.IsEndOfGeneration(vocabulary) ? replacement : token;
    }

    public void Apply(SafeLLamaContextHandle ctx, LLamaTokenDataArray data) => _greedy.Apply(ctx, data);

    public void Reset() => _greedy.Reset();

    public void Accept(LLamaToken token) => _greedy.Accept(token);

    public void Dispose() => _greedy.Dispose();
}
