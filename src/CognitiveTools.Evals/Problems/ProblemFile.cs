using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CognitiveTools.Evals.Problems;

/// <summary>
/// Reads problem files: one JSON object per line, with the field names that published sets use. Blank lines are
/// skipped. A row without an id gets <c>name-line</c>. Rows with <c>has_figure_code: true</c> are left out and counted.
/// </summary>
public static class ProblemFile
{
    private static readonly string[] IdKeys = ["id", "problem_id", "unique_id", "question_id"];
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
            throw new FileNotFoundException($"There is no problem file '{path}'. Give a JSON Lines file with the keys id, problem and answer.", path);
        using var reader = new StreamReader(path);
        return Parse(reader, Path.GetFileNameWithoutExtension(path), path);
    }

    /// <summary>Reads rows from text.</summary>
    /// <param name="reader">The rows.</param>
    /// <param name="name">Name of the set.</param>
    /// <param name="path">File name for messages; the set's name when not given.</param>
    /// <exception cref="InvalidDataException">A row cannot be used; the message names file, line and key.</exception>
    public static ProblemSet Parse(TextReader reader, string name, string? path = null)
    {
        var file = path ?? name;
        var problems = new List<Problem>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var figures = 0;
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            if (ReadRow(text, name, new Place(file, line)) is not { } problem)
            {
                figures++;
                continue;
            }

            if (!lines.TryAdd(problem.Id, line))
                throw new InvalidDataException($"{file}:{line}: id '{problem.Id}' was used in line {lines[problem.Id]} already. Give every problem its own id.");
            problems.Add(problem);
        }

        if (problems.Count == 0)
            throw new InvalidDataException($"{file}: holds no usable problem ({figures} left out because they need a figure). Give one JSON object per line with id, problem and answer.");
        return new ProblemSet(name, problems, figures);
    }

    /// <summary>Problems as a file; <see cref="Parse"/> gives them back.</summary>
    public static string Write(IEnumerable<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return string.Concat(problems.Select(problem => Row(problem) + "\n"));
    }

    private static string Row(Problem problem)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var row = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            row.WriteStartObject();
            foreach (var (key, value) in new[]
            {
                (IdKeys[0], problem.Id), (TextKeys[0], problem.Text), (AnswerKeys[0], problem.Answer), ("topic", problem.Topic),
                ("difficulty", problem.Difficulty), ("source", problem.Source), ("cluster", problem.Cluster),
            })
            {
                if (value is not null)
                    row.WriteString(key, value);
            }

            row.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static Problem? ReadRow(string text, string name, Place place)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{place}: not a JSON object: {exception.Message}", exception);
        }

        using (document)
        {
            var row = document.RootElement;
            if (row.ValueKind != JsonValueKind.Object)
                throw new InvalidDataException($"{place}: a row must be a JSON object, this is {row.ValueKind}.");
            if (row.TryGetProperty("has_figure_code", out var figure) && figure.ValueKind == JsonValueKind.True)
                return null;
            return new Problem(
                First(row, IdKeys, place)?.Value ?? $"{name}-{place.Line}",
                First(row, TextKeys, place)?.Value ?? throw Missing(place, "the problem text", TextKeys),
                FinalAnswer(row, place))
            {
                Topic = First(row, ["topic", "subject", "category", "type"], place)?.Value,
                Difficulty = First(row, ["difficulty", "level"], place)?.Value,
                Source = First(row, ["source", "url"], place)?.Value,
                Cluster = First(row, ["cluster", "template", "contest"], place)?.Value,
            };
        }
    }

    private static string FinalAnswer(JsonElement row, Place place)
    {
        if (First(row, AnswerKeys, place) is { } answer)
            return WorkedSolution.AfterHashes(answer.Value) ?? answer.Value.Trim();
        if (First(row, SolutionKeys, place) is { } solution)
        {
            return WorkedSolution.AfterHashes(solution.Value) ?? WorkedSolution.LastBoxed(solution.Value)
                ?? throw new InvalidDataException($"{place}: key '{solution.Key}' holds neither a '#### answer' line nor a \\boxed{{answer}}. Add a key 'answer'.");
        }

        throw Missing(place, "the answer", AnswerKeys);
    }

    private static (string Key, string Value)? First(JsonElement row, string[] keys, Place place)
    {
        foreach (var key in keys)
        {
            if (!row.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
                continue;
            var text = value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => throw new InvalidDataException($"{place}: key '{key}' must be a text or a number, it is {value.ValueKind}."),
            };
            if (string.IsNullOrWhiteSpace(text))
                throw new InvalidDataException($"{place}: key '{key}' is empty.");
            return (key, text);
        }

        return null;
    }

    private static InvalidDataException Missing(Place place, string what, string[] keys) =>
        new($"{place}: {what} is missing. Give one of the keys {string.Join(", ", keys)}.");

    private readonly record struct Place(string File, int Line)
    {
        public override string ToString() => $"{File}:{Line}";
    }
}
