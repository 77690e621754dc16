using System.Text.RegularExpressions;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Latents;
using CognitiveTools.Randomness;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Lab.Training.Probes;

/// <summary>
/// Whether thoughts hold the intermediate results of a problem: a linear map from thought k to the result of primitive k, fitted on some
/// problems and read on others, beside a map fitted on shuffled results.
/// </summary>
/// <param name="model">The model; its thoughts are hidden states fed back unchanged.</param>
/// <param name="prompt">The conversation for a problem's text.</param>
/// <param name="begin">Token between prompt and thoughts.</param>
/// <param name="pause">Token that is fed in place of the thoughts, for the pause control; <see langword="null"/> for none.</param>
internal sealed partial class ReadOutProbe(
    ILatentModel model, Func<string, IReadOnlyList<ChatMessage>> prompt, int begin, int? pause = null)
{
    /// <summary>Measures.</summary>
    /// <param name="fitted">Problems that the maps are fitted on.</param>
    /// <param name="read">Problems that are read; none of the fitted ones.</param>
    /// <param name="thoughts">Thoughts per problem.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A row for each thought that has problems with so many primitives on both sides.</returns>
    public async Task<IReadOnlyList<ReadOutRow>> MeasureAsync(
        IReadOnlyList<GeneratedProblem> fitted, IReadOnlyList<GeneratedProblem> read, int thoughts,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(thoughts, 1);
        var (known, unknown) = (await ThinkAsync(fitted, thoughts, cancellationToken), await ThinkAsync(read, thoughts, cancellationToken));
        var rows = new List<ReadOutRow>();
        for (var k = 0; k < thoughts; k++)
        {
            var (states, results) = At(known, k);
            var (others, wanted) = At(unknown, k);
            if (states.Length == 0 || others.Length == 0)
                break;
            int[] shuffled = [.. results];
            SeededRandom.For(1, $"shuffled results {k}").Shuffle(shuffled);
            var commonest = results.CountBy(static result => result).MaxBy(static count => count.Value).Key;
            rows.Add(new(
                k + 1, states.Length, others.Length, Right(states, results, others, wanted), Right(states, shuffled, others, wanted),
                wanted.Count(result => result == commonest)));
        }

        return rows;
    }

    private static int Right(float[][] states, int[] results, float[][] others, int[] wanted) =>
        LinearReadOut.Fit(states, results).Read(others).Zip(wanted).Count(static pair => pair.First == pair.Second);

    private static (float[][] States, int[] Results) At(IReadOnlyList<(float[][] Thoughts, int[] Results)> problems, int k)
    {
        var with = problems.Where(problem => problem.Results.Length > k).ToArray();
        return ([.. with.Select(problem => problem.Thoughts[k])], [.. with.Select(problem => problem.Results[k])]);
    }

    private async Task<IReadOnlyList<(float[][] Thoughts, int[] Results)>> ThinkAsync(
        IReadOnlyList<GeneratedProblem> problems, int thoughts, CancellationToken cancellationToken)
    {
        var all = new List<(float[][], int[])>(problems.Count);
        foreach (var problem in problems)
        {
            await using var sequence = model.Begin();
            var prediction =
                await sequence.AppendAsync((int[])[.. model.Tokenizer.EncodeChat(prompt(problem.Text)), begin], cancellationToken);
            var states = new float[thoughts][];
            for (var k = 0; k < thoughts; k++)
            {
                states[k] = prediction.Hidden.ToArray();
                if (k + 1 < thoughts)
                    prediction = pause is { } token
                        ? await sequence.AppendAsync((int[])[token], cancellationToken)
                        : await sequence.AppendAsync(prediction.Hidden, cancellationToken);
            }

            all.Add((states, [.. problem.Solution.SelectMany(static step => Result().Matches(step)).Select(
                static match => int.Parse(match.ValueSpan[1..], System.Globalization.CultureInfo.InvariantCulture))]));
        }

        return all;
    }

    // A primitive ends with its result, behind its sign.
    [GeneratedRegex("[=>][0-9]+")]
    private static partial Regex Result();
}
