using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Mixture;
using CognitiveTools.Lab.Problems.ProsQa;
using CognitiveTools.Lab.Problems.Queens;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Training.Corpora;

/// <summary>Draws training conversations and writes them as token ids with a loss mask.</summary>
internal static class Corpus
{
    /// <summary>First bytes of a corpus file; the number is the layout's version.</summary>
    public const string Magic = "CTCORP01";

    // A tool call or a whole loop over long solutions would dominate the tokens; these formats take shorter problems.
    private const int LoopSteps = 4;

    // Of proposed solutions, how many have a slip, in percent.
    private const int HalfOfAll = 50;

    private static IEnumerable<string> Verbal => MiniFormats.Names.Where(name => name != MiniFormats.Graph);

    /// <summary>Draws conversations; the same options give the same ones on every platform.</summary>
    /// <exception cref="ArgumentException">A format is unknown or the shares add up to nothing.</exception>
    public static IEnumerable<Conversation> Converse(CorpusOptions options)
    {
        var unknown = options.Formats.Keys.FirstOrDefault(name => !Verbal.Contains(name, StringComparer.Ordinal));
        if (unknown is not null)
            throw new ArgumentException($"There is no format '{unknown}'; there are {string.Join(", ", Verbal)}.", nameof(options));
        var total = options.Formats.Values.Sum();
        if (total <= 0)
            throw new ArgumentException(
                "The shares of the formats add up to nothing; give at least one a positive share.", nameof(options));

        // In the order of MiniFormats.Names, not of the dictionary, so that equal options are equal corpora.
        var formats = Verbal.SelectMany(name => Enumerable.Repeat(name, options.Formats.GetValueOrDefault(name))).ToArray();
        var random = SeededRandom.For(options.Seed, "formats");
        var all = new ProblemGenerator(options.Seed, options.Split, options.Families).Draw(options.MostSteps).GetEnumerator();
        using var samples = (options.Samples is { } file ? Endless(file) : []).GetEnumerator();
        var brief = new ProblemGenerator(options.Seed ^ 1, options.Split, options.Families)
            .Draw(Math.Min(options.MostSteps ?? LoopSteps, LoopSteps)).GetEnumerator();
        var apart = new SkillsApart(options.SolvedWordings, options.Examination);
        for (var i = 0; i < options.Count; i++)
        {
            var format = random.Pick(formats);
            // Skills that are taught apart meet in the loop, so half of their loops take problems as long as the others.
            var isBrief = format == "loop" && options.Split == Split.Train && (!options.SkillsApart || random.Percent(50));
            var source = isBrief ? brief : all;
            source.MoveNext();
            yield return !options.SkillsApart ? Converse(format, source.Current, random)
                : SkillsApart.Proposes(format) && random.Percent(SkillsApart.OwnProposals) && samples.MoveNext()
                    ? apart.Converse(format, samples.Current, random)
                    : apart.Converse(format, source.Current, random);
        }
    }

    /// <summary>The solutions of a file, again from the beginning when all were used: the wording differs from time to time.</summary>
    /// <exception cref="InvalidDataException">The file holds none.</exception>
    internal static IEnumerable<SampledSolution> Endless(string file)
    {
        var samples = SampledSolution.Read(file).ToArray();
        if (samples.Length == 0)
            throw new InvalidDataException($"{file} holds no solution that can be graded. Write it again with ./coglab sample.");
        while (true)
        {
            foreach (var sample in samples)
                yield return sample;
        }
    }

    /// <summary>Writes a corpus file and returns the number of tokens in it.</summary>
    /// <remarks>
    /// Little-endian: magic (8 bytes), count N (int32), tokens T (int32), N + 1 offsets (int32), N rows of four bytes
    /// (format, family, steps, wording), T ids (uint16), T mask bytes (1 = learn to predict this token).
    /// </remarks>
    public static int Write(Stream destination, IEnumerable<Conversation> conversations, MiniVocabulary vocabulary)
    {
        var ids = new List<ushort>();
        var mask = new List<byte>();
        var offsets = new List<int> { 0 };
        var rows = new List<byte>();
        foreach (var conversation in conversations)
        {
            Render(conversation, vocabulary, ids, mask);
            offsets.Add(ids.Count);
            rows.Add(IndexOf(MiniFormats.Names, conversation.Format));
            rows.Add(IndexOf(
                [.. FamilyCatalog.Names, MiniFormats.Graph, AlchemyGenerator.Family, .. FamilyCatalog.NamesApart,
                    ProsGenerator.Family, QueensGenerator.Family, .. TracedCorpus.Families, Fact.Family], conversation.Family));
            rows.Add((byte)conversation.Steps);
            rows.Add((byte)conversation.Wording);
        }

        using var writer = new BinaryWriter(destination, System.Text.Encoding.ASCII, leaveOpen: true);
        writer.Write(Magic.AsSpan());
        writer.Write(offsets.Count - 1);
        writer.Write(ids.Count);
        offsets.ForEach(writer.Write);
        writer.Write(rows.ToArray());
        ids.ForEach(writer.Write);
        writer.Write(mask.ToArray());
        return ids.Count;
    }

    /// <summary>A conversation as the models see it, with whether each token is learned.</summary>
    public static IReadOnlyList<(int Id, bool Learned)> Tokens(Conversation conversation, MiniVocabulary vocabulary)
    {
        var ids = new List<ushort>();
        var mask = new List<byte>();
        Render(conversation, vocabulary, ids, mask);
        return [.. ids.Zip(mask, static (id, learned) => ((int)id, learned == 1))];
    }

    private static byte IndexOf(IReadOnlyList<string> names, string name) => (byte)names.TakeWhile(other => other != name).Count();

    private static Conversation Converse(string format, GeneratedProblem problem, SeededRandom random) => format switch
    {
        "direct" => MiniFormats.Direct(problem),
        "cot" => MiniFormats.ChainOfThought(problem),
        "understand" => MiniFormats.Understand(problem),
        "recall" => MiniFormats.Recall(problem),
        "examine" => MiniFormats.Examine(problem, Flaw(problem, random, HalfOfAll)),
        "backtrack" => MiniFormats.Backtrack(problem, Flaw(problem, random, HalfOfAll)),
        "forced" => MiniFormats.Forced(problem, random.Between(1, problem.Solution.Count)),
        "solve" => MiniFormats.FromCanonical(problem),
        MiniFormats.Staged => MiniFormats.InStages(problem),
        MiniFormats.Lines => MiniFormats.InLines(problem),
        _ => Loop(problem, random),
    };

    private static Conversation Loop(GeneratedProblem problem, SeededRandom random)
    {
        var tools = MiniTools.All.ToList();
        random.Shuffle(tools);
        if (random.Percent(60))
            tools = [tools[0]];
        return MiniFormats.Loop(problem, tools, CanCorrect(tools) ? Flaw(problem, random, HalfOfAll) : null, random);
    }

    /// <summary>Whether a slip in the work would be found.</summary>
    internal static bool CanCorrect(List<string> tools) => tools.Contains(MiniTools.Examine) || tools.Contains(MiniTools.Backtrack);

    /// <summary>A planted slip in a share of all problems, in percent; <see langword="null"/> in the others.</summary>
    internal static FlawedSolution? Flaw(GeneratedProblem problem, SeededRandom random, int share)
    {
        if (random.Percent(100 - share))
            return null;
        for (var attempt = 0; attempt < 20; attempt++)
        {
            if (problem.PlantError(random) is { } flaw)
                return flaw;
        }

        return null;
    }

    // ChatML, as llama.cpp's built-in template writes it.
    private static void Render(Conversation conversation, MiniVocabulary vocabulary, List<ushort> ids, List<byte> mask)
    {
        var start = vocabulary.Control(MiniVocabulary.MessageStart);
        var end = vocabulary.Control(MiniVocabulary.MessageEnd);
        Role? open = null;
        var learned = false;
        foreach (var passage in conversation.Passages)
        {
            if (passage.Role != open)
            {
                if (open is not null)
                    Close();
                Put(start, learn: false);
                Text(passage.Role switch { Role.System => "system\n", Role.User => "user\n", _ => "assistant\n" }, learn: false);
                open = passage.Role;
            }

            learned = passage.Learn;
            Text(passage.Text, passage.Learn);
        }

        Put(end, learned);

        void Close()
        {
            Put(end, learned);
            Text("\n", learn: false);
        }

        void Text(string text, bool learn)
        {
            foreach (var id in vocabulary.Encode(text))
                Put(id, learn);
        }

        void Put(int id, bool learn)
        {
            ids.Add((ushort)id);
            mask.Add(learn ? (byte)1 : (byte)0);
        }
    }
}
