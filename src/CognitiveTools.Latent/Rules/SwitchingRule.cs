using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;

namespace CognitiveTools.Latent.Rules;

/// <summary>
/// Thinks in mixtures while the entropy rises and in words while it falls (SwiReasoning, arXiv 2510.05069).
/// </summary>
/// <remarks>
/// <para>At step t: <c>P = softmax(logits)</c>, H its entropy, and a word w is sampled from the filtered distribution in either
/// mode. It begins with mixtures and <c>Href = H</c>. Mixtures end when <c>H &lt; Href</c>; they begin again when
/// <c>H &gt; Href</c> after <see cref="SwitchingOptions.Window"/> steps in words; <c>Href = H</c> at each switch.</para>
/// <para>A mixture is <c>e = P·E</c>; at t = 0 <c>0.9 e + 0.1 E[first]</c>. Where mixtures begin again
/// <c>α e + (1 - α) E[open]</c>, <c>α = α0 + (1 - α0) t/n</c>. Where words begin <c>β e + (1 - β) E[close]</c>,
/// <c>β = β0 + (1 - β0) t/n</c>, in place of w. n is the number of steps. A word of <see cref="SwitchingOptions.Explicit"/>
/// is fed as itself in either mode, and w is part of the text in either mode.</para>
/// <para>The thoughts end with the closing token: when it is sampled, and at the last switch allowed. The authors' method continues
/// in words after it; here the verbal answer follows.</para>
/// </remarks>
internal sealed class SwitchingRule(SwitchingOptions options) : IThoughtRule
{
    private const double FirstShare = 0.9;

    /// <inheritdoc/>
    public bool FeedsEmbeddings => true;

    /// <inheritdoc/>
    public ValueTask<IThoughtState> BeginAsync(ThoughtContext context, CancellationToken cancellationToken = default)
    {
        options.Validate(context.Model.VocabularySize);
        return ValueTask.FromResult<IThoughtState>(
            new State(options, context.Model, context.Steps, context.CreateRandom(nameof(SwitchingRule))));
    }

    internal sealed class State(SwitchingOptions options, ILatentModel model, int steps, Random random) : IThoughtState
    {
        private bool _inWords, _closed;
        private double _reference;
        private int _step, _dwell, _switches;

        public ThoughtInput Next(in Prediction prediction)
        {
            if (_closed)
                return ThoughtInput.Stop;

            var logits = prediction.Logits.Span;
            var (entropy, logSum) = Softmax.Measure(logits);
            var (tokens, weights) = SoftMixture.Filter(logits, options.Sampling);
            var word = tokens[Softmax.Draw(weights, random)];
            if (model.Tokenizer.IsEndOfTurn(word))
                return ThoughtInput.EndOfTurn;

            var switched = Switch(entropy);
            if (word == options.Close || (switched && _inWords && _switches >= options.MaxSwitches))
            {
                _closed = true;
                return ThoughtInput.OfWord(options.Close);
            }

            var t = _step++;
            if (options.Explicit.Contains(word) ? !(switched && _inWords) : _inWords && !switched)
                return ThoughtInput.OfWord(word);

            var mixture = Mixture.OfAll(model.Embeddings, logits, logSum);
            var share = 1.0;
            if (t == 0 && options.First is { } first)
                Mixture.With(model.Embeddings, mixture, share = FirstShare, first);
            if (switched)
            {
                share = Growing(_inWords ? options.Beta : options.Alpha, t);
                Mixture.With(model.Embeddings, mixture, share, _inWords ? options.Close : options.Open);
            }

            return ThoughtInput.OfEmbedding(mixture, 1 - (share * Math.Exp(-logSum)), word);
        }

        private bool Switch(double entropy)
        {
            if (_step == 0)
            {
                _reference = entropy;
                return false;
            }

            _dwell++;
            var toWords = !_inWords && entropy < _reference;
            var toMixtures = _inWords && entropy > _reference && _dwell >= options.Window;
            if (!toWords && !toMixtures)
                return false;
            (_inWords, _dwell, _reference) = (toWords, 0, entropy);
            if (toWords)
                _switches++;
            return true;
        }

        private double Growing(float start, int t) => start + ((1 - start) * t / steps);
    }
}
