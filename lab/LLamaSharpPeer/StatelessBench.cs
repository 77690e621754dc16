using System.Text;
using LLama;
using LLama.Common;

namespace CognitiveTools.Lab.LLamaSharpPeer;

/// <summary>
/// StatelessExecutor: one sequence, a new context for every call. It takes text, so the prompt's tokens are spelled out; the
/// clock starts with the first token, when the prompt has been forwarded.
/// </summary>
internal sealed class StatelessBench : IExecutorBench
{
    private readonly LLamaWeights _weights;
    private readonly StatelessExecutor _executor;

    internal StatelessBench(PeerRequest setup)
    {
        var parameters = setup.Parameters(setup.Context, sequences: 1);
        _weights = LLamaWeights.LoadFromFile(parameters);
        _executor = new(_weights, parameters);
    }

    public async Task<(double Seconds, int Tokens)> DecodeAsync(int[] prompt, int sequences, int steps)
    {
        if (sequences != 1)
            throw new NotSupportedException("StatelessExecutor runs one sequence at a time.");
        var text = new StringBuilder();
        foreach (var token in prompt)
            text.Append(_weights.Vocab.LLamaTokenToString(token, isSpecialToken: false));
        using var sampling = new TimedSampling(_weights.Vocab, prompt[0]);
        var inference = new InferenceParams { MaxTokens = steps + 1, SamplingPipeline = sampling };
        await foreach (var _ in _executor.InferAsync(text.ToString(), inference))
        {
            // The sampling counts: one piece of text can come from several tokens.
        }

        return sampling.Tokens == steps + 1
            ? (sampling.Elapsed.TotalSeconds, steps)
            : throw new InvalidOperationException($"the executor sampled {sampling.Tokens} of {steps + 1} tokens");
    }

    public void Dispose() => _weights.Dispose();
}
