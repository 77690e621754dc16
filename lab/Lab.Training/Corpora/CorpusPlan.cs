using CognitiveTools.Files;
using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Mixture;
using CognitiveTools.Lab.Problems.Shifted;
using YamlDotNet.RepresentationModel;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>The corpora that a training needs, as its <c>corpora.yaml</c> lists them.</summary>
/// <param name="Vocabulary">Path of the vocabulary file.</param>
/// <param name="Corpora">The files to write.</param>
internal sealed record CorpusPlan(string Vocabulary, IReadOnlyList<PlannedCorpus> Corpora)
{
    private static readonly string[] Kinds = ["graphs", "alchemy", ProsCorpus.Key, "queens", "traced", "critiques", "mixture", "cells"];

    private static readonly string[] OfSkillsApart = ["samples", "solvedWordings", "examination"];

    /// <summary>Reads a plan.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not a plan; the message names file, line and key.</exception>
    public static CorpusPlan Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no corpus plan '{path}'.", path);
        var map = YamlMap.ReadFile(path, "corpus plan");
        map.Allow("vocabulary", "corpora");
        var items = map.Items("corpora") ?? throw map.Wrong("corpora", "is missing; list at least one corpus.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return new CorpusPlan(Path.GetFullPath(map.Required("vocabulary"), folder), [.. items.Select(node => Corpus(node, map, folder))]);
    }

    private static PlannedCorpus Corpus(YamlNode node, YamlMap plan, string folder)
    {
        if (node is not YamlMappingNode mapping)
            throw plan.WrongAt(node, "corpora", "must be a list of mappings.");
        var map = new YamlMap(mapping, plan.File, "corpus");
        map.Allow(["file", "seed", "count", "split", "mostSteps", "families", "formats", "graphs", "alchemy", "queens", "traced",
            "critiques", "mixture", "cells", "skillsApart", .. OfSkillsApart, .. ProsCorpus.Keys]);
        var split = map.Text("split") ?? nameof(Split.Train);
        if (!Enum.TryParse<Split>(split, ignoreCase: true, out var known))
            throw map.Wrong("split", $"'{split}' is not a split; there are {string.Join(", ", Enum.GetNames<Split>())}.");
        var options = new CorpusOptions
        {
            Seed = (ulong)(map.Whole("seed", 0) ?? throw map.Wrong("seed", "is missing; a corpus needs it.")),
            Count = map.Whole("count", 1) ?? throw map.Wrong("count", "is missing; a corpus needs it."),
            Split = known,
            MostSteps = map.Whole("mostSteps", 1),
            Families = map.Texts("families") ?? [],
            SkillsApart = map.Flag("skillsApart") ?? false,
            SolvedWordings = map.Whole("solvedWordings", 1),
            Examination = Examined(map),
            Samples = Existing(map, "samples", folder),
        };
        if (!options.SkillsApart && OfSkillsApart.FirstOrDefault(key => map.Text(key) is not null) is { } key)
            throw map.Wrong(key, "needs skillsApart: true.");
        if (options.SkillsApart)
            options = options with { Formats = SkillsApart.Formats };
        if (map.Map("formats") is { } formats)
            options = options with
            {
                Formats = formats.Keys.ToDictionary(name => name, name => formats.Whole(name, 0) ?? 0, StringComparer.Ordinal),
            };
        string[] kinds = [.. Kinds.Where(map.Keys.Contains)];
        if (kinds.Length > 1)
            throw map.Wrong(kinds[1], $"cannot be combined with {kinds[0]}; write two corpora.");
        return new PlannedCorpus(map.Required("file"), options, map.Flag("graphs") ?? false)
        {
            Queens = map.Flag("queens") ?? false,
            Alchemy = Compositions(map),
            Critiques = Existing(map, "critiques", folder),
            ProsQa = ProsCorpus.Read(map),
            Traced = Traced(map),
            Mixture = Part(map, options.Count),
            Cells = Cells(map, known),
        };
    }

    private static TracedCorpus? Traced(YamlMap corpus)
    {
        if (corpus.Text("traced") is not { } family)
            return null;
        if (!TracedCorpus.Families.Contains(family, StringComparer.Ordinal))
            throw corpus.Wrong("traced", $"'{family}' has no work; there are {string.Join(" and ", TracedCorpus.Families)}.");
        return corpus.Map("formats") is not null
            ? new TracedCorpus(family)
            : throw corpus.Wrong("formats", $"is missing; give shares of {string.Join(", ", new TracedCorpus(family).Formats)}.");
    }

    private static string? Existing(YamlMap corpus, string key, string folder)
    {
        var path = corpus.Text(key) is { } file ? Path.GetFullPath(file, folder) : null;
        return path is null || File.Exists(path)
            ? path
            : throw corpus.Wrong(key, $"there is no file '{path}'. Write it with ./coglab sample.");
    }

    private static Examination Examined(YamlMap corpus) => corpus.Text("examination") switch
    {
        null or "recomputed" => Examination.Recomputed,
        "compared" => Examination.Compared,
        var other => throw corpus.Wrong("examination", $"'{other}' is not a style; there are recomputed and compared."),
    };

    private static IReadOnlyList<ShiftedCell> Cells(YamlMap corpus, Split split)
    {
        try
        {
            var cells = ShiftedCell.Find(corpus.Texts("cells") ?? []);
            return cells.FirstOrDefault(cell => split == Split.Train && cell.Rewarded is null) is { } asked
                ? throw corpus.Wrong("cells", $"'{asked.Name}' is only asked, never rewarded. Leave it out, or write split: heldOut.")
                : cells;
        }
        catch (ArgumentException exception)
        {
            throw corpus.Wrong("cells", exception.Message);
        }
    }

    private static MixturePart? Part(YamlMap corpus, int count)
    {
        MixturePart? part = corpus.Text("mixture") switch
        {
            null => null,
            "records" => MixturePart.Records,
            "queries" => MixturePart.Queries,
            var other => throw corpus.Wrong("mixture", $"'{other}' is not a part of a mixture; there are records and queries."),
        };
        return part is { } known && Mixed.WrongCount(known, count) is { } problem ? throw corpus.Wrong("count", problem) : part;
    }

    private static IReadOnlyList<Transformation>[] Compositions(YamlMap corpus)
    {
        try
        {
            return [.. (corpus.Texts("alchemy") ?? []).Select(AlchemyTask.ParseComposition)];
        }
        catch (FormatException exception)
        {
            throw corpus.Wrong("alchemy", exception.Message);
        }
    }
}
