using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// GRPO (Shao et al. 2024, arXiv 2402.03300) without critic and without a pull to the first policy: G texts a prompt, reward r = 1 for an
/// exact answer, <c>A = (r - mean) / (std + 1e-4)</c> within the group, and
/// <c>-sum min(q A, clip(q, 1 - c, 1 + c) A) / tokens</c> with q the token's probability now over that when it was drawn.
/// </summary>
/// <remarks>
/// With thoughts, each text has noise e of its own on them, and the thoughts are part of the state: q is that of the text's tokens alone,
/// given prompt and e. An update computes the thoughts anew, with the present weights and the noise that was drawn, and its gradient flows
/// through them. Because e does not depend on the weights, the gradient of <c>E r</c> is <c>E r grad log p(text given prompt and e)</c>
/// without a term for e, so nothing is left out. Butt et al. (2025, arXiv 2509.19170) hold the noisy input itself as drawn and add the
/// gradient of its normal density, <c>(x - mean) / sigma^2</c> times that of the mean: the same expectation, with a variance that grows as
/// sigma shrinks. Here a thought is a differentiable step of the network, so that is not needed.
/// </remarks>
/// <param name="words">The vocabulary.</param>
/// <param name="settings">The settings.</param>
internal sealed class GroupPolicy(MiniVocabulary words, PolicySettings settings) : IObjective<Decoder>
{
    private readonly AnswerReward _reward = new(words);
    private readonly int _stop = words.Control(MiniVocabulary.MessageEnd);
    private SampledTexts? _sampled;
    private int _passes;

    /// <summary>How it thinks; <see langword="null"/> when it does not.</summary>
    public PolicyThoughts? Thoughts { get; } = settings.Thoughts == 0 ? null
        : new PolicyThoughts(new SolutionCutter(words, SolutionUnit.Primitive), settings.Thoughts, settings.IsPause, settings.Noise);

    /// <summary>The settings.</summary>
    public PolicySettings Settings => settings;

    /// <summary>What was drawn since it was last emptied.</summary>
    public PolicyTally Tally { get; set; } = new();

    /// <summary>What a checkpoint needs: the texts that are still learned from.</summary>
    public JsonObject State
    {
        get => new() { ["passes"] = _passes, ["sampled"] = JsonSerializer.SerializeToNode(_passes > 0 ? _sampled : null) };
        set => (_passes, _sampled) = (value["passes"]!.GetValue<int>(), value["sampled"].Deserialize<SampledTexts>());
    }

    /// <inheritdoc/>
    public Tensor Loss(Decoder network, Batch batch, SeededRandom random)
    {
        if (_passes == 0 || _sampled is null)
            _sampled = Draw(network, batch, random);
        _passes = (_passes + 1) % settings.Passes;
        return Loss(network, _sampled, settings.Temperature, settings.Clip, Thoughts);
    }

    /// <summary>The tokens that the network is given for a prompt.</summary>
    public int[] Asked(int[] prompt) => Thoughts?.Prompt(prompt) ?? prompt;

    /// <summary>Answers as the policy does without chance: greedily, thoughts without noise.</summary>
    /// <param name="network">The network.</param>
    /// <param name="think">What it thinks; its own thoughts when <see langword="null"/>.</param>
    public Sampler Greedy(Decoder network, Func<Tensor, Tensor>? think = null) => Sampler(network, think);

    private Sampler Sampler(
        Decoder network, Func<Tensor, Tensor>? think = null, int copies = 1, SeededRandom? random = null,
        Func<IReadOnlyList<int>, Tensor>? noise = null) => new(network, _stop)
        {
            Limit = settings.Limit,
            Temperature = random is null ? 0 : settings.Temperature,
            Random = random,
            Copies = copies,
            Thoughts = settings.Thoughts,
            Think = think ?? Thoughts?.Rule(network) ?? (static hidden => hidden),
            Noise = noise,
            After = Thoughts?.After ?? [],
        };

    /// <summary>The loss of texts; notes their probabilities when it is the first.</summary>
    internal static Tensor Loss(
        Decoder network, SampledTexts sampled, Temperatures temperature, double clip, PolicyThoughts? thoughts = null)
    {
        var log = LogProbabilities(network, sampled, temperature, thoughts);
        sampled.Old ??= log.detach().to(ScalarType.Float64).cpu().data<double>().ToArray();
        double[] each = [.. sampled.Targets.SelectMany((text, i) => Enumerable.Repeat(sampled.Advantages[i], text.Length))];
        var advantages = tensor(each, dtype: log.dtype, device: network.Device);
        var ratio = (log - tensor(sampled.Old, dtype: log.dtype, device: network.Device)).exp();
        var clipped = ratio.clamp(Scalars.Of(1 - clip), Scalars.Of(1 + clip));
        return minimum(ratio * advantages, clipped * advantages).sum() / tensor(-sampled.Tokens, dtype: log.dtype, device: network.Device);
    }

    /// <summary>
    /// Log-probabilities of the targets, text after text. A prompt goes through the network once for all its texts, and neighbours of like
    /// length together, because the first texts that reason are ten times as long as the others. So do thoughts without noise.
    /// </summary>
    internal static Tensor LogProbabilities(
        Decoder network, SampledTexts sampled, Temperatures temperature, PolicyThoughts? thoughts = null)
    {
        var (ids, padding) = Padded.Left(sampled.Prompts);
        var latent = thoughts is null ? 0 : thoughts.Count + thoughts.After.Count;
        var hide = padding.Hide(padding.Width + latent + sampled.Targets.Max(static text => text.Length)).to(network.Device);
        var cache = new GrowingCache();
        var read = network.Forward(network.Embed(ids.to(network.Device)), cache, hide, from: padding.Width - 1);
        var last = read.narrow(1, padding.Width - 1, 1);
        if (thoughts is { IsNoisy: false })
            last = thoughts.Think(network, last, cache, hide, added: null);
        var logs = new List<Tensor>();
        for (var (begin, end) = (0, 0); begin < sampled.Targets.Length; begin = end)
        {
            while (end < sampled.Targets.Length && Likeness(end) == Likeness(begin))
                end++;
            var rows = tensor(sampled.PromptOf[begin..end].Select(static row => (long)row).ToArray(), device: network.Device);
            var targets = sampled.Targets[begin..end];
            var (own, seen, ends) = (cache.Select(rows), hide.index_select(0, rows), last.index_select(0, rows));
            if (thoughts is { IsNoisy: true })
            {
                var noise = thoughts.Noise(network, sampled.NoiseSeed, sampled.Deviation, sampled.NoiseOf[begin..end]);
                ends = thoughts.Think(network, ends, own, seen, noise);
            }

            logs.Add(LogProbabilities(network, targets, Read(network, targets, ends, own, seen), temperature));
        }

        return cat(logs);

        int Likeness(int text) => BitOperations.Log2((uint)sampled.Targets[text].Length);
    }

    // The hidden states that predict the targets: that in front of the texts, then those of the texts.
    private static Tensor Read(Decoder network, int[][] targets, Tensor last, GrowingCache cache, Tensor hide)
    {
        IReadOnlyList<int>[] fed = [.. targets.Select(static text => text[..^1])];
        return fed.Max(static text => text.Count) == 0
            ? last
            : cat([last, network.Forward(network.Embed(Padded.Right(fed).to(network.Device)), cache, hide)], 1);
    }

    private static Tensor LogProbabilities(Decoder network, int[][] targets, Tensor hidden, Temperatures temperature)
    {
        var columns = hidden.shape[1];
        long[] positions = [.. targets.SelectMany((text, i) => Enumerable.Range(0, text.Length).Select(at => i * columns + at))];
        long[] tokens = [.. targets.SelectMany(static text => text.Select(static token => (long)token))];
        var chosen = hidden.reshape(-1, hidden.shape[^1]).index_select(0, tensor(positions, device: network.Device));
        double[] divisors = [.. targets.SelectMany(text => Enumerable.Range(0, text.Length).Select(temperature.At))];
        var logits = network.Logits(chosen) / tensor(divisors, dtype: hidden.dtype, device: network.Device).unsqueeze(1);
        return -F.cross_entropy(logits, tensor(tokens, device: network.Device), reduction: nn.Reduction.None);
    }

    /// <summary>Draws a group for each prompt of a batch and compares the rewards within it.</summary>
    internal SampledTexts Draw(Decoder network, Batch batch, SeededRandom random)
    {
        var questions = batch.Rows.Select(batch.File.Question).ToArray();
        var (noiseSeed, deviation) = Thoughts is { IsNoisy: true } ? (random.NextBits(), Thoughts.Deviation(network)) : default;
        Func<IReadOnlyList<int>, Tensor>? noise = deviation > 0
            ? texts => Thoughts!.Noise(network, noiseSeed, deviation, texts)
            : null;
        var sampler = Sampler(network, copies: settings.Group, random: random, noise: noise);
        var texts = sampler.Continue([.. questions.Select(question => Asked(question.Prompt))]);
        var (prompts, promptOf, targets, advantages) = (new List<int[]>(), new List<int>(), new List<int[]>(), new List<double>());
        var numbers = new List<int>();
        for (var i = 0; i < questions.Length; i++)
        {
            var group = texts.Skip(i * settings.Group).Take(settings.Group).ToArray();
            var rewards = Array.ConvertAll(group, text => Reward(text, questions[i].Text) ? 1.0 : 0.0);
            Tally.Count(rewards, group.Sum(static text => text.Count));
            if (rewards.Distinct().Count() == 1 && (i < questions.Length - 1 || targets.Count > 0))
                continue; // all advantages are 0: nothing is learned from this group
            prompts.Add(Asked(questions[i].Prompt));
            promptOf.AddRange(Enumerable.Repeat(prompts.Count - 1, group.Length));
            targets.AddRange(group.Select(text => text.Count < settings.Limit ? [.. text, _stop] : text.ToArray()));
            advantages.AddRange(Advantages(rewards));
            numbers.AddRange(Enumerable.Range(i * settings.Group, group.Length));
        }

        int[] order = [.. Enumerable.Range(0, targets.Count).OrderBy(i => targets[i].Length)];
        return new SampledTexts(
            [.. prompts], Ordered(promptOf), Ordered(targets), Ordered(advantages),
            texts.Sum(text => Math.Min(text.Count + 1, settings.Limit)))
        {
            NoiseSeed = noiseSeed,
            Deviation = deviation,
            NoiseOf = deviation > 0 ? Ordered(numbers) : [],
        };

        T[] Ordered<T>(List<T> values) => Array.ConvertAll(order, i => values[i]);

        bool Reward(IReadOnlyList<int> text, int[] worked) =>
            settings.IsRandom ? random.Percent(50) : _reward.IsRight(text, worked, text.Count == settings.Limit);
    }

    /// <summary>How much better each reward is than those of its group, in standard deviations of the group.</summary>
    internal static double[] Advantages(double[] rewards)
    {
        var mean = rewards.Average();
        var deviation = Math.Sqrt(rewards.Average(reward => (reward - mean) * (reward - mean)));
        return Array.ConvertAll(rewards, reward => (reward - mean) / (deviation + 1e-4));
    }
}
