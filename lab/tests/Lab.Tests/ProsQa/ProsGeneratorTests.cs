using System.Security.Cryptography;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Problems;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.ProsQa;
using CognitiveTools.Lab.Tests.Generation;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Tests.ProsQa;

public sealed class ProsGeneratorTests
{
    private static readonly ProsProblem[] Drawn = [.. new ProsGenerator(1, heldOut: false).Draw().Take(2000)];

    [Fact]
    public void The_root_reaches_the_target_and_not_the_other()
    {
        Assert.All(Drawn, static problem =>
        {
            var reached = Reached(problem);
            Assert.Contains(problem.Target, reached);
            Assert.DoesNotContain(problem.Other, reached);
        });
    }

    [Fact]
    public void Both_nouns_of_the_question_are_leaves_and_some_other_person_is_the_other_noun()
    {
        Assert.All(Drawn, static problem =>
        {
            Assert.DoesNotContain(problem.Edges, edge => edge.From == problem.Target || edge.From == problem.Other);
            Assert.Contains(problem.Edges, edge => edge.To == problem.Other);
        });
    }

    [Fact]
    public void The_way_in_words_leads_from_the_root_to_the_answer_by_sentences_of_the_text()
    {
        Assert.All(Drawn, static problem =>
        {
            var sentences = problem.Reasoning.Split(". ").Select(static sentence => sentence.TrimEnd('.')).ToArray();
            Assert.Equal(problem.Hops, sentences.Length);
            Assert.All(sentences, sentence => Assert.Contains(sentence + ".", problem.Text));
            Assert.StartsWith(problem.Words[problem.Root] + " is a ", sentences[0]);
            Assert.EndsWith(" is a " + problem.Answer, sentences[^1]);
            for (var i = 1; i < sentences.Length; i++)
                Assert.Equal(sentences[i - 1].Split(' ')[^1], sentences[i].Split(' ')[1]);
        });
    }

    [Fact]
    public void Small_graphs_have_fewer_nodes_and_may_have_a_single_hop()
    {
        ProsProblem[] small = [.. new ProsGenerator(1, heldOut: false).Draw(fewestHops: 1, moreNodes: -12).Take(300)];
        Assert.All(small, static problem => Assert.InRange(problem.Words.Count, 6, 16));
        Assert.Equal([1, 2, 3, 4], small.Select(static problem => problem.Hops).Distinct().Order().Take(4));
    }

    [Fact]
    public void In_chains_every_node_leads_to_at_most_one_other()
    {
        ProsProblem[] chains = [.. new ProsGenerator(1, heldOut: false).DrawChains().Take(300)];
        Assert.All(chains, static problem => Assert.Equal(problem.Edges.Count, problem.Edges.DistinctBy(static edge => edge.From).Count()));
        Assert.Equal(Enumerable.Range(1, ProsGenerator.MostHops), chains.Select(static problem => problem.Hops).Distinct().Order());
    }

    [Fact]
    public void A_recital_says_every_sentence_once_and_teaches_the_last_noun_of_each()
    {
        var random = Randomness.SeededRandom.For(2, "recited");
        var orders = 0;
        foreach (var problem in new ProsGenerator(1, heldOut: false).DrawChains().Take(100))
        {
            var said = problem.Recite(random).Passages.Where(static passage => passage.Role == Role.Assistant).ToArray();
            var sentences = string.Concat(said.Select(static passage => passage.Text)).Split(". ");
            var given = problem.Text[..problem.Text.LastIndexOf(" Is ", StringComparison.Ordinal)].Split(". ");
            Assert.Equal(Sorted(given), Sorted(sentences));
            orders += given.SequenceEqual(sentences) ? 0 : 1;
            Assert.Equal(
                sentences.Select(static sentence => sentence.TrimEnd('.').Split(' ')[^1]),
                said.Where(static passage => passage.Learn).Select(static passage => passage.Text));
        }

        Assert.InRange(orders, 60, 100);

        static IEnumerable<string> Sorted(string[] sentences) =>
            sentences.Select(static sentence => sentence.TrimEnd('.')).Order(StringComparer.Ordinal);
    }

    // Published for the data of arXiv 2412.06769: 23.0 nodes, 36.0 edges, 3.8 hops.
    [Fact]
    public void Sizes_are_near_those_of_the_published_data()
    {
        Assert.InRange(Drawn.Average(static problem => problem.Words.Count), 21, 26);
        Assert.InRange(Drawn.Average(static problem => problem.Edges.Count), 30, 40);
        Assert.InRange(Drawn.Average(static problem => problem.Hops), 3.2, 4.2);
        Assert.All(Drawn, static problem => Assert.InRange(problem.Hops, ProsGenerator.FewestHops, ProsGenerator.MostHops));
    }

    [Fact]
    public void The_answer_stands_first_and_second_about_equally_often() =>
        Assert.InRange(Drawn.Count(static problem => problem.TargetFirst), 900, 1100);

    [Fact]
    public void Held_out_problems_are_never_trained_on()
    {
        var trained = Drawn.Select(static problem => problem.Text).ToHashSet(StringComparer.Ordinal);
        Assert.All(new ProsGenerator(1, heldOut: true).Draw().Take(500), problem => Assert.DoesNotContain(problem.Text, trained));
    }

    [Fact]
    public void The_committed_vocabulary_is_the_one_that_is_built_and_has_every_word_as_one_token()
    {
        var vocabulary = ProsVocabulary.Build();
        Assert.Equal(vocabulary.ToFile(), File.ReadAllText(Path.Combine(Repository.Root, "models", "training", "vocab-prosqa.txt")));
        Assert.All(ProsWords.Names.Concat(ProsWords.Nouns), word => Assert.Single(vocabulary.Encode(word)));
        Assert.Equal(11, vocabulary.Encode("Tom is a bombus. Every bombus is a dalfin.\nANSWER: dalfin").Length);
    }

    [Fact]
    public void The_corpus_of_a_seed_is_the_same_bytes_everywhere()
    {
        using var file = new MemoryStream();
        Corpus.Write(
            file,
            new ProsGenerator(302, heldOut: true).Draw().Take(500).Select(static problem => problem.Converse(reasons: true)),
            ProsVocabulary.Build());
        Assert.Equal("c69c41c5969395ae821b2c487c4cd5e4", Convert.ToHexStringLower(SHA256.HashData(file.ToArray()))[..32]);
    }

    [Fact]
    public void Every_cell_has_its_problems_with_its_own_hops_and_the_shipped_ones_are_among_them()
    {
        var problems = GeneralizationSuites.Draw("prosqa", 2036, 4).Problems; // eight hops are rare
        var shipped = File.ReadAllLines(Path.Combine(Repository.Root, "evals", "problems", "prosqa.jsonl"));
        Assert.Equal(600, shipped.Length);
        Assert.All(
            ProblemFile.Write(problems).Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains(line, shipped));
        Assert.Equal(16, problems.Select(static problem => problem.Id).Distinct(StringComparer.Ordinal).Count());
        foreach (var hops in (string[])["7", "8"])
        {
            Assert.All(problems.Where(problem => problem.Topic == $"larger {hops} hops"),
                problem => Assert.Equal(hops, problem.Difficulty));
        }

        Assert.All(ProsCell.All, cell => Assert.Equal(4, problems.Count(problem => problem.Topic == cell.Name)));
    }

    private static HashSet<int> Reached(ProsProblem problem)
    {
        HashSet<int> reached = [problem.Root];
        for (var before = 0; before < reached.Count;)
        {
            before = reached.Count;
            reached.UnionWith(problem.Edges.Where(edge => reached.Contains(edge.From)).Select(static edge => edge.To).ToArray());
        }

        return reached;
    }
}
