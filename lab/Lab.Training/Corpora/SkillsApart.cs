using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Generation.Wordings;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>
/// Conversations that teach each skill by itself: a model that can understand many wordings, but has worked out problems only in a few
/// and in canonical form, gains when it understands first.
/// </summary>
/// <param name="solved">Wordings of a family, from its first, in which problems are worked out; all when <see langword="null"/>.</param>
/// <param name="examination">What an examination writes for each step.</param>
internal sealed class SkillsApart(int? solved, Examination examination)
{
    // In percent. Two of three proposed solutions have a slip; in loops, where most of a model's own work is right, half have.
    private const int FlawedProposals = 67, FlawedWork = 50;
    private const int CanonicalProposals = 40, RewordedProposals = 50, RewordedQuestions = 75, RewordedLoops = 60;

    /// <summary>Of the solutions that are given, how many are a model's own where there are such, in percent.</summary>
    public const int OwnProposals = 50;

    // One tool alone and all of them most often.
    private static readonly int[] ToolsOffered = [1, 1, 2, 2, 3, 4, 4];

    /// <summary>Shares of the formats when a plan gives none.</summary>
    public static IReadOnlyDictionary<string, int> Formats { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["solve"] = 26,
        ["cot"] = 18,
        ["understand"] = 17,
        ["examine"] = 14,
        ["backtrack"] = 8,
        ["loop"] = 8,
        ["direct"] = 5,
        ["recall"] = 2,
        ["forced"] = 2,
    };

    /// <summary>Makes a conversation of a format.</summary>
    public Conversation Converse(string format, GeneratedProblem problem, SeededRandom random) => format switch
    {
        "direct" => MiniFormats.Direct(Solved(problem)),
        "cot" => MiniFormats.ChainOfThought(Solved(problem)),
        "solve" => MiniFormats.FromCanonical(problem),
        MiniFormats.Staged => MiniFormats.InStages(Solved(problem)),
        MiniFormats.Lines => MiniFormats.InLines(problem),
        "understand" => MiniFormats.Understand(Reword(problem, random, RewordedQuestions)),
        "recall" => MiniFormats.Recall(Reword(problem, random, RewordedQuestions)),
        "examine" => MiniFormats.Examine(Propose(problem, random), Corpus.Flaw(problem, random, FlawedProposals), examination),
        "backtrack" => MiniFormats.Backtrack(Propose(problem, random), Corpus.Flaw(problem, random, FlawedProposals), keep: true),
        "forced" => MiniFormats.Forced(Solved(problem), random.Between(1, problem.Solution.Count)),
        _ => Loop(problem, random),
    };

    /// <summary>Makes a conversation about a model's own solution.</summary>
    public Conversation Converse(string format, SampledSolution own, SeededRandom random) => format == "examine"
        ? MiniFormats.Examine(Propose(own.Problem, random), own.Flaw, examination)
        : MiniFormats.Backtrack(Propose(own.Problem, random), own.Flaw, keep: true);

    /// <summary>Whether a format is about a solution that is given.</summary>
    public static bool Proposes(string format) => format is "examine" or "backtrack";

    private static GeneratedProblem Reword(GeneratedProblem problem, SeededRandom random, int share) =>
        random.Percent(share) ? problem with { Text = Paraphrase.Of(problem.Canonical, random) } : problem;

    private GeneratedProblem Propose(GeneratedProblem problem, SeededRandom random) =>
        random.Percent(CanonicalProposals) ? problem with { Text = problem.Canonical }
        : solved is null ? Reword(problem, random, RewordedProposals)
        : Solved(problem);

    private GeneratedProblem Solved(GeneratedProblem problem) => problem.InFirstWordings(solved ?? int.MaxValue);

    private Conversation Loop(GeneratedProblem problem, SeededRandom random)
    {
        var tools = MiniTools.All.ToList();
        random.Shuffle(tools);
        tools = tools[..random.Pick(ToolsOffered)];
        var put = tools.Contains(MiniTools.Understand) ? Reword(problem, random, RewordedLoops) : Solved(problem);
        var flaw = Corpus.CanCorrect(tools) ? Corpus.Flaw(problem, random, FlawedWork) : null;
        return MiniFormats.Loop(put, tools, flaw, random, examination);
    }
}
