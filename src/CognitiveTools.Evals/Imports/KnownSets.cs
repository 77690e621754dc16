using CognitiveTools.Answers.Reading;
using CognitiveTools.Files;

namespace CognitiveTools.Evals.Imports;

/// <summary>The published sets whose hashes are pinned, from the file <c>known-sets.yaml</c> in this assembly.</summary>
internal static class KnownSets
{
    private const string Resource = "imports/known-sets.yaml";

    /// <summary>The sets in the file's order.</summary>
    public static IReadOnlyList<KnownSet> All { get; } = Load();

    /// <summary>Finds a set by name.</summary>
    /// <returns>The set, or <see langword="null"/> when the name is not known.</returns>
    public static KnownSet? Find(string name) => All.FirstOrDefault(set => set.Name == name);

    private static KnownSet[] Load()
    {
        using var stream = typeof(KnownSets).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var file = YamlMap.Read(reader.ReadToEnd(), Resource, "list of known sets");
        return [.. file.Keys.Select(name => Set(name, file.Map(name)!))];
    }

    private static KnownSet Set(string name, YamlMap map)
    {
        map.Allow("title", "problems", "answers", "answersSha256", "files", "rights", "errata");
        var files = map.Map("files")!;
        return new KnownSet(
            name,
            map.Required("title"),
            map.Whole("problems", 1)!.Value,
            AnswerKinds.Find(map.Required("answers")).Name,
            map.Required("answersSha256"),
            files.Keys.ToDictionary(hash => hash, files.Required, StringComparer.Ordinal),
            map.Required("rights"))
        {
            Errata = map.Text("errata") ?? "",
        };
    }
}
