using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Sampling;

/// <summary>What a text is sampled with, after the recommendation of the model's file has filled in what the request leaves out.</summary>
internal sealed record EffectiveSampling
{
    private const int UsualWindow = 64; // tokens; llama.cpp's own default, for files with a penalty and without a window

    public float Temperature { get; private init; }

    public int TopK { get; private init; }

    public float TopP { get; private init; } = 1;

    public float MinP { get; private init; }

    public float Presence { get; private init; }

    public long Seed { get; private init; }

    /// <summary>Divides positive and multiplies negative logits of tokens within <see cref="RepeatWindow"/>.</summary>
    public float Repeat { get; private init; } = 1;

    /// <summary>Tokens that the repetition penalty looks at; -1 for the whole text, 0 for no penalty.</summary>
    public int RepeatWindow { get; private init; }

    /// <summary>
    /// The sampling of a request. Greedy decoding that the request asks for is greedy, without the file's penalty; otherwise the
    /// file's values replace what the request leaves out.
    /// </summary>
    public static EffectiveSampling Of(SamplingOptions asked, ModelSampling file)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(file);
        if (asked.Temperature <= 0)
            return new() { Presence = asked.PresencePenalty };
        var repeat = file.RepeatPenalty ?? 1;
        return new()
        {
            Temperature = asked.Temperature ?? file.Temperature ?? 0,
            TopK = asked.TopK ?? file.TopK ?? 0,
            TopP = asked.TopP ?? file.TopP ?? 1,
            MinP = asked.MinP ?? file.MinP ?? 0,
            Presence = asked.PresencePenalty,
            Seed = asked.Seed,
            Repeat = repeat,
            RepeatWindow = repeat == 1 ? 0 : file.RepeatWindow ?? UsualWindow,
        };
    }
}
