using System.Text.Json;

namespace CognitiveTools.Lab.Tests.Originals;

/// <summary>One line of <c>evals/problems/originals.jsonl</c>.</summary>
internal sealed record OriginalProblem(
    string Id, string Problem, string Answer, string Topic, int Difficulty, string Contest, string Source, string Licence)
{
    public static IReadOnlyList<OriginalProblem> All { get; } = Read();

    private static List<OriginalProblem> Read()
    {
        var problems = new List<OriginalProblem>();
        foreach (var line in File.ReadLines(Locate()))
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            problems.Add(new(
                Text("id"), Text("problem"), Text("answer"), Text("topic"), root.GetProperty("difficulty").GetInt32(),
                Text("contest"), Text("source"), Text("licence")));

            string Text(string name) => root.GetProperty(name).GetString() ?? "";
        }

        return problems;
    }

    // The file is read where it lives in the repository, so that the tests need no copy next to their binaries.
    private static string Locate()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "evals", "problems", "originals.jsonl");
            if (File.Exists(candidate))
                return candidate;
        }

        throw new FileNotFoundException("evals/problems/originals.jsonl is in no folder above the tests; run them from a checkout.");
    }
}
