using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CognitiveTools.Evals.Sources;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Problems;

/// <summary>
/// Reads problem files, JSON Lines, JSON, CSV, TSV or Parquet by their ending, with the field names that published sets use
/// in upper or lower case. Blank lines are skipped; an empty value or a null counts as absent, and fields that describe a problem
/// may be lists. A row without an id gets <c>name-line</c>. Rows with <c>has_figure_code: true</c> are left out and counted.
/// </summary>
public static class ProblemFile
{
    private const string Rows = "problems";

    private static readonly ProblemJson Format =
        new(new JsonSerializerOptions(ProblemJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly string[] IdKeys = ["id", "problem_id", "unique_id", "question_id", "problem_idx"];
    private static readonly string[] TextKeys = ["problem", "question", "prompt", "text", "input"];
    private static readonly string[] AnswerKeys = ["answer", "final_answer", "expected_answer", "gold", "target"];
    private static readonly string[] SolutionKeys = ["solution", "worked_solution"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A row cannot be used; the message names file, line and key.</exception>
    public static ProblemSet Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"There is no problem file '{path}'. Give a JSON Lines, CSV or Parquet file with the fields id, problem and answer, "
                + "or the name of an imported set (cogtools data sets).",
                path);
        }

        return Collect(SourceFile.Read(path, Rows), Path.GetFileNameWithoutExtension(path), path);
    }

    /// <summary>Reads rows of JSON Lines from text.</summary>
    /// <param name="reader">The rows.</param>
    /// <param name="name">Name of the set.</param>
    /// <param name="path">File name for messages; the set's name when not given.</param>
    /// <exception cref="InvalidDataException">A row cannot be used; the message names file, line and key.</exception>
    public static ProblemSet Parse(TextReader reader, string name, string? path = null) =>
        Collect(JsonRows.Lines(reader, path ?? name, Rows), name, path ?? name);

    /// <summary>Problems as a file of JSON Lines; <see cref="Parse"/> gives them back.</summary>
    public static string Write(IEnumerable<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return string.Concat(problems.Select(problem => Row(problem) + "\n"));
    }

    private static ProblemSet Collect(IEnumerable<SourceRow> rows, string name, string file)
    {
        var problems = new List<Problem>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var figures = 0;
        foreach (var row in rows)
        {
            if (row.Values.TryGetValue("has_figure_code", out var figure)
                && string.Equals(figure.Text, "true", StringComparison.OrdinalIgnoreCase))
            {
                figures++;
                continue;
            }

            var problem = Problem(row, name);
            if (!lines.TryAdd(problem.Id, row.Number))
            {
                throw new InvalidDataException(
                    $"{row}: id '{TerminalText.Excerpt(problem.Id)}' was used in line {lines[problem.Id]} already. "
                    + "Give every problem its own id.");
            }

            problems.Add(problem);
        }

        if (problems.Count == 0)
        {
            throw new InvalidDataException(
                $"{file}: holds no usable problem ({figures} left out because they need a figure). Give rows with id, problem and answer.");
        }

        return new ProblemSet(name, problems, figures);
    }

    private static Problem Problem(SourceRow row, string name) => new(
        row.First(IdKeys)?.Value ?? $"{name}-{row.Number}",
        row.Required("the problem text", TextKeys),
        FinalAnswer(row))
    {
        Topic = row.Note("topic", "subject", "category", "type"),
        Difficulty = row.Note("difficulty", "level"),
        Source = row.Note("source", "url"),
        Cluster = row.Note("cluster", "template", "contest"),
        Year = int.TryParse(row.Note("year"), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null,
    };

    private static string FinalAnswer(SourceRow row)
    {
        if (row.First(AnswerKeys) is { } answer)
            return WorkedSolution.AfterHashes(answer.Value) ?? answer.Value.Trim();
        if (row.First(SolutionKeys) is not { } solution)
            throw row.Missing("the answer", AnswerKeys);
        return WorkedSolution.AfterHashes(solution.Value) ?? WorkedSolution.LastBoxed(solution.Value)
            ?? throw new InvalidDataException(
                $"{row}: key '{solution.Key}' holds neither a '#### answer' line nor a \\boxed{{answer}}. Add a key 'answer'.");
    }

    private static string Row(Problem problem) => JsonSerializer.Serialize(problem, Format.Problem);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext;
