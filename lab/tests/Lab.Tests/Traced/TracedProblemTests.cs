using CognitiveTools.Evals.Tests;
using CognitiveTools.Evals.Wandering;
using CognitiveTools.Lab.Problems.FamilyTrees;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Traced;
using CognitiveTools.Lab.Problems.Wandering;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Tests.Traced;

public sealed class TracedProblemTests
{
    private static readonly TracedProblem Short = new("test", "Q?", ["a==1", "b==2"], '\n', "END\n", "3");

    [Fact]
    public void Handed_over_work_has_semicolons_and_the_revision_names_the_first_wrong_line()
    {
        var backtrack = Short.Backtrack(new TraceFlaw(["a==1", "a==1", "b==2"], 2));
        Assert.Equal(["backtrack", "Q?\na==1;a==1;b==2;", "a==1\nb==2\nBacktrack Point: 2"], backtrack.Passages.Select(one => one.Text));
        Assert.Equal("a==1\nb==2\nBacktrack Point: none", Short.Backtrack(null).Passages[^1].Text);
        Assert.Equal("a==1\nb==2\nEND\nANSWER: 3", Short.ChainOfThought().Passages[^1].Text);
    }

    [Fact]
    public void A_slip_in_the_loop_is_handed_over_and_mended_and_never_learned()
    {
        var loop = Short.Loop(new TraceFlaw(["b==2"], 1), new SeededRandom(1)).Passages;
        Assert.Equal(("loop backtracking", "b==2\n", false), (loop[0].Text, loop[2].Text, loop[2].Learn));
        Assert.Equal("<call>{\"tool\":\"backtracking\",\"args\":{\"reasoning_trace\":\"b==2;\"}}</call>", loop[3].Text);
        Assert.Matches(@"^backtracking (\d{6})\na==1\nb==2\nBacktrack Point: 1\n\1$", loop[4].Text);
        Assert.Equal(("a==1\nb==2\nEND\nANSWER: 3", true), (loop[5].Text, loop[5].Learn));
        Assert.True(Short.Loop(null, new SeededRandom(1)).Passages[2].Learn);
    }

    [Fact]
    public void A_planted_slip_is_where_it_says_and_the_trace_checker_finds_most()
    {
        var random = new SeededRandom(8);
        var (planted, found) = (0, 0);
        foreach (var kind in WanderingLessons.Kinds)
        {
            foreach (var task in WanderingLessons.Draw(kind, 6, heldOut: false).Take(60))
            {
                if (TraceFlaw.Plant(task.PerfectTrace, random) is not { } flaw)
                    continue;
                planted++;
                Assert.Equal(task.PerfectTrace.Take(flaw.Wrong - 1), flaw.Lines.Take(flaw.Wrong - 1));
                Assert.NotEqual(task.PerfectTrace.ElementAtOrDefault(flaw.Wrong - 1), flaw.Lines.ElementAtOrDefault(flaw.Wrong - 1));
                if (TraceChecker.Check(task, string.Join('\n', flaw.Lines)).Faults.Count > 0)
                    found++;
            }
        }

        // The way back at the end of a flood may be left out without a fault.
        Assert.InRange(planted, 150, 180);
        Assert.InRange(found, 0.9 * planted, planted);
    }

    [Fact]
    public void Longer_searches_are_longer_than_taught_ones_and_taught_ones_are_never_held_out()
    {
        foreach (var kind in WanderingLessons.Kinds)
        {
            var taught = WanderingLessons.Draw(kind, 6, heldOut: false).Take(200).ToArray();
            Assert.All(taught, static task => Assert.InRange(task.PerfectTrace.Count, 1, 40));
            Assert.DoesNotContain(WanderingLessons.Draw(kind, 7, heldOut: true).Take(100), taught.Contains);
        }

        Assert.All(
            WanderingLessons.LongerKinds.SelectMany(static kind => WanderingLessons.Draw(kind, 6, true, isLonger: true).Take(20)),
            static task => Assert.InRange(task.PerfectTrace.Count, 41, 80));
    }

    [Fact]
    public void The_committed_vocabulary_is_the_one_that_is_built_and_cuts_lines_into_few_tokens()
    {
        var vocabulary = TracedVocabulary.Build();
        Assert.Equal(vocabulary.ToFile(), File.ReadAllText(Path.Combine(Repository.Root, "models", "training", "vocab-trees.txt")));
        Assert.All(FamilyText.Names, name => Assert.Single(vocabulary.Encode(name)));
        Assert.Equal(6, vocabulary.Encode("CHECK(AAB)==continue").Length + vocabulary.Encode("\n").Length);
        Assert.Equal(8, vocabulary.Encode("parentOf(?, Dora):Adam,Berta").Length);
    }

    [Fact]
    public void A_corpus_has_the_formats_that_it_is_given_and_refuses_others()
    {
        var trees = new TracedCorpus(TracedCorpus.Families[0]);
        var drawn = trees.Converse(Options(("cot", 1), ("recall", 1))).Select(static one => one.Format).Distinct().Order();
        Assert.Equal(["cot", "recall"], drawn);
        var refused = Assert.Throws<ArgumentException>(() => new TracedCorpus(TracedCorpus.Families[1]).Converse(Options(("recall", 1))));
        Assert.Contains("There is no format 'recall' of wandering", refused.Message, StringComparison.Ordinal);

        static CorpusOptions Options(params (string Name, int Share)[] formats) => new()
        {
            Seed = 3,
            Count = 30,
            Formats = formats.ToDictionary(static format => format.Name, static format => format.Share, StringComparer.Ordinal),
        };
    }
}
