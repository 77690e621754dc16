using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Learning.Tests.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Concepts;

/// <summary>The three kinds of prediction: gradients, and losses and predictions computed concept by concept.</summary>
public sealed class ConceptObjectiveTests
{
    private const int Levels = 6, Books = 3, Entries = 4;

    private static readonly DiffusionSettings Settings = new() { Steps = Levels, Inference = 4, Drop = 0.4 };

    [Theory]
    [InlineData("Regression")]
    [InlineData("Diffusion")]
    [InlineData("Quantised")]
    public void Gradients_are_those_of_central_differences(string head)
    {
        var (network, objective) = Create(head);
        using (network)
            SmallNetwork.CheckGradients(network.Parameters, () => objective.Loss(network, ConceptCorpus.Batch, new SeededRandom(9)));
    }

    [Fact]
    public void Regression_is_the_mean_square_of_each_prediction_made_alone()
    {
        using var scope = NewDisposeScope();
        var (network, objective) = Create("Regression");
        var (sum, count) = (0.0, 0);
        foreach (var (lines, at, _) in Learned())
        {
            var found = Doubles(network.Logits(Follow(network, lines[..at], ConceptCorpus.Concepts).Hidden));
            sum += found.Zip(Doubles(ConceptCorpus.Concepts[lines[at]]), static (a, b) => Math.Pow(a - b, 2)).Sum();
            count += ConceptCorpus.Code;
        }

        Assert.Equal(sum / count, objective.Loss(network, ConceptCorpus.Batch, new SeededRandom(9)).item<double>(), 1e-9);
        network.Dispose();
    }

    [Fact]
    public void Diffusion_is_the_mean_square_of_each_clean_concept_predicted_alone()
    {
        using var scope = NewDisposeScope();
        var (network, objective) = Create("Diffusion");
        var random = new SeededRandom(9);
        var (rows, longest) = (ConceptCorpus.Batch.Rows.Count, Learned().Max(static one => one.Lines.Length));
        var steps = Enumerable.Range(0, rows * longest).Select(_ => random.Between(1, Levels)).ToArray();
        var alone = Enumerable.Range(0, rows).Select(_ => random.NextDouble() < Settings.Drop).ToArray();
        var noise = Doubles(NormalNoise.Of([rows, longest, ConceptCorpus.Code], random, ScalarType.Float64, CPU));
        Assert.Contains(true, alone);
        Assert.Contains(false, alone);
        var (sum, count) = (0.0, 0);
        foreach (var (lines, at, row) in Learned())
        {
            var (clean, place) = (Doubles(ConceptCorpus.Concepts[lines[at]]), row * longest + at);
            var noisy = clean.Select((x, i) => Math.Sqrt(Kept(steps[place])) * x
                + Math.Sqrt(1 - Kept(steps[place])) * noise[place * ConceptCorpus.Code + i]).ToArray();
            var cache = alone[row] ? null : Follow(network, lines[..at], ConceptCorpus.Concepts).Cache;
            var found = Doubles(network.Logits(network.Query(cache, at + 1, tensor(noisy).unsqueeze(0), steps[place] - 1)));
            sum += found.Zip(clean, static (a, b) => Math.Pow(a - b, 2)).Sum();
            count += ConceptCorpus.Code;
        }

        Assert.Equal(sum / count, objective.Loss(network, ConceptCorpus.Batch, new SeededRandom(9)).item<double>(), 1e-9);
        network.Dispose();
    }

    [Fact]
    public void A_prediction_by_diffusion_goes_from_noise_through_the_steps_with_guidance()
    {
        using var scope = NewDisposeScope();
        var (network, objective) = Create("Diffusion");
        var (cache, hidden) = Follow(network, ConceptCorpus.Table[0].Question, ConceptCorpus.Concepts);
        var x = Doubles(NormalNoise.Of([1, ConceptCorpus.Code], new SeededRandom(4), ScalarType.Float64, CPU))
            .Select(static z => Settings.Start * z).ToArray();
        var found = x;
        int[] through = [6, 4, 3, 2, 0]; // 6/4 of 4, 3, 2, 1 and 0, to the even neighbour where halves are rounded
        for (var i = 0; i < through.Length - 1; i++)
        {
            var seeing = Ask(cache, through[i]);
            var blind = Ask(null, through[i]);
            var guided = blind.Zip(seeing, static (a, b) => a + Settings.Guidance * (b - a)).ToArray();
            var ratio = Spread(seeing) / Spread(guided);
            found = [.. guided.Select(value => Settings.Rescale * value * ratio + (1 - Settings.Rescale) * value)];
            var (kept, next) = (Kept(through[i]), Kept(through[i + 1]));
            x = [.. x.Zip(found, (a, f) => Math.Sqrt(next) * f + Math.Sqrt(1 - next) * (a - Math.Sqrt(kept) * f) / Math.Sqrt(1 - kept))];
        }

        var predicted = Doubles(objective.Next(network, cache, hidden, new SeededRandom(4)));
        Assert.All(predicted.Zip(found), static pair => Assert.Equal(pair.Second, pair.First, 1e-9));
        Assert.Equal(1 + ConceptCorpus.Table[0].Question.Length, cache.Length);
        network.Dispose();

        double[] Ask(GrowingCache? seen, int step) =>
            Doubles(network.Logits(network.Query(seen, cache.Length, tensor(x).unsqueeze(0), step - 1)));

        static double Spread(double[] values) =>
            Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1));
    }

    [Fact]
    public void Quantised_is_the_mean_log_loss_of_each_entry_predicted_alone()
    {
        using var scope = NewDisposeScope();
        var (network, objective) = Create("Quantised");
        var random = new SeededRandom(9);
        var (rows, longest) = (ConceptCorpus.Batch.Rows.Count, Learned().Max(static one => one.Lines.Length));
        var levels = Enumerable.Range(0, rows * longest).Select(_ => random.Below(Books)).ToArray();
        var (entries, books) = (Codebooks.Entries(ConceptCorpus.Concepts, network.Books), network.Books);
        var sums = Codebooks.Sum(entries, books, Books);
        var seen = stack([.. Enumerable.Range(0, ConceptCorpus.Table.Lines.Count)
            .Select(line => ConceptCorpus.Table.OfSolutions.Contains(line) ? sums[line] : ConceptCorpus.Concepts[line])]);
        var (sum, count) = (0.0, 0);
        foreach (var (lines, at, row) in Learned())
        {
            var level = levels[row * longest + at];
            var query = Codebooks.Sum(entries, books, level)[lines[at]].unsqueeze(0);
            var hidden = network.Query(Follow(network, lines[..at], seen).Cache, at + 1, query, level);
            var shares = nn.functional.log_softmax(network.Logits(hidden, level), -1);
            sum -= shares[0, entries[lines[at], level].item<long>()].item<double>();
            count++;
        }

        Assert.Equal(sum / count, objective.Loss(network, ConceptCorpus.Batch, new SeededRandom(9)).item<double>(), 1e-9);
        network.Dispose();
    }

    [Fact]
    public void A_quantised_prediction_is_a_sum_of_the_most_probable_entries()
    {
        using var scope = NewDisposeScope();
        var (network, objective) = Create("Quantised");
        var (cache, hidden) = Follow(network, ConceptCorpus.Table[0].Question, ConceptCorpus.Concepts);
        var sum = new double[ConceptCorpus.Code];
        for (var level = 0; level < Books; level++)
        {
            var logits = Doubles(network.Logits(network.Query(cache, cache.Length, tensor(sum).unsqueeze(0), level), level));
            var entry = Doubles(network.Books[level][Array.IndexOf(logits, logits.Max())]);
            sum = [.. sum.Zip(entry, static (a, b) => a + b)];
        }

        Assert.All(Doubles(objective.Next(network, cache, hidden, new SeededRandom(1))).Zip(sum),
            static pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        network.Dispose();
    }

    [Fact]
    public void Codebooks_leave_less_with_each_level_and_nothing_where_there_is_an_entry_for_each_vector()
    {
        using var scope = NewDisposeScope();
        var vectors = ConceptCorpus.Concepts;
        var (books, whole) = (zeros(4, 5, ConceptCorpus.Code, dtype: ScalarType.Float64),
            zeros(1, vectors.shape[0], ConceptCorpus.Code, dtype: ScalarType.Float64));
        Codebooks.Fit(vectors, books, new SeededRandom(2));
        Codebooks.Fit(vectors, whole, new SeededRandom(2));
        var entries = Codebooks.Entries(vectors, books);
        double[] left = [.. Enumerable.Range(0, 5)
            .Select(levels => (vectors - Codebooks.Sum(entries, books, levels)).square().sum().item<double>())];
        Assert.Equal(left.OrderDescending(), left);
        Assert.True(left[4] < 0.8 * left[0]);
        Assert.True((Codebooks.Nearest(vectors, whole) - vectors).abs().max().item<double>() < 1e-12);
        var first = Doubles(vectors[0]);
        var distances = Enumerable.Range(0, 5)
            .Select(entry => Doubles(books[0][entry]).Zip(first, static (a, b) => Math.Pow(a - b, 2)).Sum());
        Assert.Equal(distances.Index().MinBy(static pair => pair.Item).Index, entries[0, 0].item<long>());
    }

    private static (ConceptModel Network, IConceptObjective Objective) Create(string head)
    {
        var network = head switch
        {
            "Regression" => ConceptCorpus.Model(ConceptHead.Regression),
            "Diffusion" => ConceptCorpus.Model(ConceptHead.Diffusion, Levels),
            _ => ConceptCorpus.Model(ConceptHead.Quantised, Books, Entries),
        };
        if (head == "Quantised")
            Codebooks.Fit(ConceptCorpus.Concepts, network.Books, new SeededRandom(2));
        return (network, head switch
        {
            "Regression" => new ConceptRegression(ConceptCorpus.Table, ConceptCorpus.Concepts),
            "Diffusion" => new ConceptDiffusion(ConceptCorpus.Table, ConceptCorpus.Concepts, Settings),
            _ => new ConceptQuantised(ConceptCorpus.Table, ConceptCorpus.Concepts, network.Books),
        });
    }

    private static IEnumerable<(int[] Lines, int At, int Row)> Learned() => ConceptCorpus.Batch.Rows.Index().SelectMany(static one =>
    {
        var (question, solution) = ConceptCorpus.Table[one.Item];
        int[] lines = [.. question, .. solution];
        return Enumerable.Range(question.Length, solution.Length).Select(at => (lines, at, one.Index));
    });

    // One concept after the other, as in a solution.
    private static (GrowingCache Cache, Tensor Hidden) Follow(ConceptModel network, int[] lines, Tensor concepts)
    {
        var cache = new GrowingCache();
        var hidden = network.Follow(zeros(1, 0, ConceptCorpus.Code, dtype: ScalarType.Float64), cache);
        foreach (var line in lines)
            hidden = network.Follow(concepts[line].view(1, 1, -1), cache);
        return (cache, hidden.squeeze(1));
    }

    private static double Kept(int step) => Math.Max(1e-4, Math.Pow(Cosine(step / (double)Levels) / Cosine(0), 2));

    private static double Cosine(double share) => Math.Cos((share + 0.008) / 1.008 * Math.PI / 2);

    private static double[] Doubles(Tensor values) => values.contiguous().data<double>().ToArray();
}
