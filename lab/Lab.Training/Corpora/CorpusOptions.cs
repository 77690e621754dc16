using CognitiveTools.Lab.Problems.Generation;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>What goes into a corpus.</summary>
internal sealed record CorpusOptions
{
    /// <summary>Fixes every byte of the corpus.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Conversations to write.</summary>
    public required int Count { get; init; }

    /// <summary>The split drawn from.</summary>
    public Split Split { get; init; } = Split.Train;

    /// <summary>Families drawn from, all when empty; a name given twice is drawn twice as often.</summary>
    public IReadOnlyList<string> Families { get; init; } = [];

    /// <summary>Upper bound of the difficulty dial; the families' own bounds when <see langword="null"/>.</summary>
    public int? MostSteps { get; init; }

    /// <summary>
    /// Whether the skills are taught apart: <c>understand</c> in the many wordings of <c>Paraphrase</c>, <c>solve</c> from the canonical
    /// form, <c>examine</c> by recomputing each step, <c>backtrack</c> by keeping the steps before the wrong one.
    /// </summary>
    public bool SkillsApart { get; init; }

    /// <summary>
    /// Wordings of a family, from its first, in which problems are worked out; all trained ones when <see langword="null"/>. To understand
    /// and to recall is taught in all of them. With <see cref="SkillsApart"/> only.
    /// </summary>
    public int? SolvedWordings { get; init; }

    /// <summary>What an examination writes for each step. With <see cref="SkillsApart"/> only.</summary>
    public Examination Examination { get; init; } = Examination.Recomputed;

    /// <summary>
    /// File of a model's own solutions (<c>coglab sample</c>); half of the solutions that are examined or mended come from it. With
    /// <see cref="SkillsApart"/> only.
    /// </summary>
    public string? Samples { get; init; }

    /// <summary>Shares of the formats; need not add up to anything.</summary>
    /// <value>The default is the mixture of the verbal model.</value>
    public IReadOnlyDictionary<string, int> Formats { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["cot"] = 50,
        ["direct"] = 12,
        ["examine"] = 11,
        ["backtrack"] = 6,
        ["understand"] = 6,
        ["recall"] = 2,
        ["loop"] = 11,
        ["forced"] = 2,
    };
}
