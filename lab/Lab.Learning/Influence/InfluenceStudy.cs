using System.Text.Json;
using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Runs;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>
/// Whether answers that follow a procedure rest on other records than remembered answers do (Ruis et al., arXiv 2411.12580), with what
/// that paper could not afford: every claim about influence is checked by training again.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="runText">The text of its file.</param>
/// <param name="records">Its corpus.</param>
/// <param name="queries">Its held-out corpus.</param>
/// <param name="folder">Folder of the study.</param>
/// <param name="options">What is computed.</param>
internal sealed class InfluenceStudy(
    RunFile run, string runText, TokenFile records, TokenFile queries, string folder, StudyOptions options)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Gets a line for each training.</summary>
    public Action<string> Progress { get; init; } = static _ => { };

    /// <summary>The file of all figures.</summary>
    public string Output => Path.Combine(folder, run.Name + ".influence.json");

    /// <summary>Computes what is missing and writes the file, after each part anew.</summary>
    /// <exception cref="InvalidDataException">The corpora are not those of a mixture.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was trained so far is not trained again.</exception>
    public JsonObject Execute(CancellationToken cancellationToken)
    {
        var corpora = new StudyCorpora(MixtureRow.ReadAll(records, run.Words), MixtureRow.ReadAll(queries, run.Words));
        var retraining = new Retraining(run, runText, records, queries, folder) { Progress = Progress };
        var whole = new SortedDictionary<int, Retrained>();
        IReadOnlyList<string> weights = [];
        for (var seed = options.Seeds; seed >= 1; seed--)
            (whole[seed], weights) = retraining.Whole(seed, cancellationToken);
        var figures = new JsonObject
        {
            ["run"] = run.Name,
            ["records"] = records.Count,
            ["queries"] = queries.Count,
            ["damping"] = options.Damping,
            ["checkpoints"] = weights.Count,
            ["whole"] = new JsonArray([.. whole.Select(pair => Whole(pair.Key, pair.Value, corpora))]),
        };
        var matrix = new InfluenceMatrix(records, queries, [.. Enumerable.Range(0, queries.Count)]);
        var scores = options.Methods.ToDictionary(
            static method => method,
            method => InfluenceMethods.Scores(method, retraining.Of(1), weights, matrix, options.Damping, cancellationToken),
            StringComparer.Ordinal);
        figures["correlation"] = ByMethod(scores, one => PairCorrelations.Of(one, corpora.Queries));
        figures["top"] = ByMethod(scores, one => TopRecords.Of(one, corpora, options.Tops));
        Write(figures);
        figures["removal"] = new Removals(corpora, retraining, options).Measure(scores, whole, cancellationToken);
        Write(figures);
        if (options.Subsets > 0)
            figures["datamodels"] = new Datamodels(corpora, retraining, options).Measure(scores, cancellationToken);
        figures["trainings"] = retraining.Trainings;
        figures["secondsOfTraining"] = Math.Round(retraining.Seconds);
        Write(figures);
        return figures;
    }

    private void Write(JsonObject figures) => File.WriteAllText(Output, figures.ToJsonString(Indented) + "\n");

    private static JsonObject Whole(int seed, Retrained measured, StudyCorpora corpora) => new(
    [
        new("seed", seed),
        .. corpora.Kinds.Select(kind => KeyValuePair.Create(kind.Name, (JsonNode?)new JsonObject
        {
            ["loss"] = StudyCorpora.Number(kind.Queries.Average(i => measured.Losses[i])),
            ["exact"] = StudyCorpora.Number(Removals.Exact(measured, kind.Queries)),
        })),
    ]);

    private static JsonObject ByMethod(Dictionary<string, double[][]> scores, Func<double[][], JsonObject> compute) =>
        new(scores.Select(method => KeyValuePair.Create(method.Key, (JsonNode?)compute(method.Value))));
}
