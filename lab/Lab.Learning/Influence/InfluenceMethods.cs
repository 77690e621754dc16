using System.Globalization;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Lab.Training.Packing;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>The methods by name, on weights as a run leaves them.</summary>
internal static class InfluenceMethods
{
    /// <summary>Influence functions.</summary>
    public const string EkFac = "ekfac";

    private const string Cosine = "cosine", TracIn = "tracin";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [EkFac, Cosine, TracIn];

    /// <summary>Scores of all records for the queries.</summary>
    /// <param name="method">One of <see cref="Names"/>.</param>
    /// <param name="run">The run that trained the network.</param>
    /// <param name="weights">Its weights; the last ones count, and for <c>tracin</c> all.</param>
    /// <param name="matrix">Records and queries.</param>
    /// <param name="damping">For <c>ekfac</c>: the part of each layer's mean eigenvalue.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="InvalidDataException">Weights do not fit the run, or <c>tracin</c> does not know their rate.</exception>
    public static double[][] Scores(
        string method,
        RunFile run,
        IReadOnlyList<string> weights,
        InfluenceMatrix matrix,
        double damping,
        CancellationToken cancellationToken = default)
    {
        if (method == TracIn)
            return weights.Select(path => At(path, network => matrix.TracIn(network, Rate(path), cancellationToken))).Aggregate(Sum);
        return At(weights[^1], network => method switch
        {
            EkFac => matrix.EkFac(network, damping, run.Seed, cancellationToken),
            Cosine => matrix.Cosine(network, cancellationToken),
            _ => throw new ArgumentException($"There is no method '{method}'; there are {string.Join(", ", Names)}.", nameof(method)),
        });

        double[][] At(string path, Func<Decoder, double[][]> score)
        {
            using var network = run.Load(path);
            return score(network);
        }
    }

    private static double Rate(string weights)
    {
        using var file = SafetensorsFile.Open(weights);
        return file.Metadata.TryGetValue(WeightsFile.RateKey, out var text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
            ? rate
            : throw new InvalidDataException(
                $"{weights}: {WeightsFile.RateKey}: is missing; {TracIn} weighs a checkpoint by it. Train with coglab train --keep, and "
                    + "name the files NAME-STEP.safetensors that it leaves.");
    }

    private static double[][] Sum(double[][] one, double[][] other) =>
        [.. one.Zip(other, static (a, b) => a.Zip(b, static (x, y) => x + y).ToArray())];
}
