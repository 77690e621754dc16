using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Elicitation;

/// <summary>
/// CoT-decoding (Wang and Zhou 2024, arXiv 2402.10200): the k most probable first tokens are each continued greedily, and the
/// continuation whose answer has the largest confidence is selected. The confidence is the mean of p(top 1) - p(top 2) over the
/// tokens of the answer itself, not over the continuation. Branches are forks of one prompt and step together; the positions of the
/// others count as discarded. Always greedy, at any temperature.
/// </summary>
internal sealed class CotDecoding : IReasoner
{
    private readonly ILatentModel _model;
    private readonly ILocatingAnswerReader _reader;
    private readonly CotDecodingOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates the reasoner.</summary>
    /// <param name="model">The model; its continuations must report margins.</param>
    /// <param name="reader">Finds the answer in a continuation.</param>
    /// <param name="options">Prompt, width and selection.</param>
    /// <param name="time">The clock of the wall-time budget; <see langword="null"/> means the system's.</param>
    public CotDecoding(ILatentModel model, ILocatingAnswerReader reader, CotDecodingOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Branches, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Branches, model.VocabularySize, nameof(options));
        (_model, _reader, _options, _time) = (model, reader, options, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(options);
        return new CotDecodingSolve(_model, _reader, _options, question, options, _time).SolveAsync(cancellationToken);
    }
}
