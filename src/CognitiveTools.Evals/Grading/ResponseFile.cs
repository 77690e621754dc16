using System.Globalization;
using CognitiveTools.Chat;
using CognitiveTools.Evals.Sources;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Grading;

/// <summary>
/// Reads responses of other systems (JSON Lines, JSON, CSV, TSV, Parquet): <c>id</c> and <c>text</c>, and when given
/// <c>arm</c> (or <c>model</c>), <c>sample</c>, <c>finish_reason</c> (or <c>stop_reason</c>; <see cref="FinishReasons"/> has the names),
/// <c>prompt_tokens</c>, <c>completion_tokens</c>.
/// </summary>
internal static class ResponseFile
{
    /// <summary>Reads a file. Samples without a number are counted per system and problem in the file's order.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A row cannot be used; the message names file, line and key.</exception>
    public static IReadOnlyList<Response> Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no response file '{path}'. Give JSON Lines with the keys id and text.", path);
        var responses = new Dictionary<(string, string, int), (Response Response, int Line)>();
        var counts = new Dictionary<(string, string), int>();
        foreach (var row in SourceFile.Read(path, "responses"))
        {
            var response = Read(row, Path.GetFileNameWithoutExtension(path), counts);
            var key = (response.Arm, response.Problem, response.Sample);
            if (!responses.TryAdd(key, (response, row.Number)))
            {
                throw new InvalidDataException(
                    $"{row}: sample {response.Sample} of '{TerminalText.Excerpt(response.Arm)}' on problem "
                    + $"'{TerminalText.Excerpt(response.Problem)}' is in line {responses[key].Line} already. "
                    + "Number the samples with the key 'sample'.");
            }
        }

        return responses.Count > 0
            ? [.. responses.Values.Select(r => r.Response)]
            : throw new InvalidDataException($"{path}: holds no response. Give one JSON object per line with id and text.");
    }

    private static Response Read(SourceRow row, string name, Dictionary<(string, string), int> counts)
    {
        var problem = row.Required("the problem's id", "id", "problem_id", "unique_id", "question_id", "problem");
        var arm = row.First("arm", "model", "system")?.Value ?? name;
        var next = counts.GetValueOrDefault((arm, problem));
        var sample = Whole(row, "sample", "sample_index", "sample_idx") ?? next;
        counts[(arm, problem)] = Math.Max(next, checked((int)sample) + 1);

        // A system that is still thinking at its limit gives an empty text or a null: no answer, not a fault of the file.
        var text = row.First(Texts)?.Value
            ?? Texts.Where(row.Values.ContainsKey).Select(key => row.Values[key].Text).FirstOrDefault()
            ?? throw row.Missing("the response's text", Texts);
        var (prompt, generated) = (Whole(row, "prompt_tokens", "input_tokens"), Whole(row, "completion_tokens", "output_tokens"));
        return new Response(problem, arm, (int)sample, text)
        {
            Truncated = FinishReasons.IsCut(row.First("finish_reason", "stop_reason")?.Value)
                || row.First("truncated")?.Value.Equals("true", StringComparison.OrdinalIgnoreCase) is true,
            Usage = new Usage
            {
                Prompt = prompt ?? 0,
                Generated = generated ?? 0,
                Incomplete = prompt is null || generated is null, // unknown is not 0
            },
        };
    }

    private static readonly string[] Texts = ["text", "response", "output", "completion", "generation"];

    private static long? Whole(SourceRow row, params ReadOnlySpan<string> keys)
    {
        if (row.First(keys) is not { } found)
            return null;
        return int.TryParse(found.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidDataException(
                $"{row}: key '{found.Key}' is '{TerminalText.Excerpt(found.Value)}'; it must be a whole number of at least 0.");
    }
}
