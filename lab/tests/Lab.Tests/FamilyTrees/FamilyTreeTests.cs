using System.Globalization;
using System.Text.RegularExpressions;
using CognitiveTools.Lab.Problems;
using CognitiveTools.Lab.Problems.FamilyTrees;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Randomness;
using CsCheck;

namespace CognitiveTools.Lab.Tests.FamilyTrees;

public sealed partial class FamilyTreeTests
{
    [Fact]
    public void Forward_chaining_finds_exactly_what_the_tree_itself_says() => Gen.ULong.Sample(
        seed =>
        {
            var tree = FamilyTree.Draw(new SeededRandom(seed), generations: 4, people: 14);
            var oracle = new KinshipOracle(tree);
            var known = ForwardChainer.Close(tree.Facts, FamilyRules.All);
            var everybody = Enumerable.Range(0, tree.Males.Count).ToArray();
            foreach (var relation in FamilyRules.Derived)
            {
                var expected = from x in everybody from y in everybody where oracle.Holds(relation, x, y) select (x, y);
                var found = known.Keys.Where(fact => fact.Relation == relation).Select(fact => (fact.First, fact.Second!.Value));
                Assert.Equal(expected.Order(), found.Order());
            }
        },
        iter: 60);

    [Fact]
    public void There_are_at_least_28_rules_and_relations() =>
        Assert.True(FamilyRules.All.Count >= 28
            && FamilyRules.Derived.Count >= 28, $"{FamilyRules.All.Count} rules, {FamilyRules.Derived.Count} relations");

    [Fact]
    public void Deductions_and_counts_have_the_oracle_s_answer()
    {
        foreach (var instance in Draw(FamilyQuestion.Deduce, 120))
        {
            var (relation, x, y) = (instance.Statement.Relation, instance.Statement.First, instance.Statement.Second!.Value);
            Assert.Equal(new KinshipOracle(instance.Tree).Holds(relation, x, y) ? "yes" : "no", instance.Answer);
        }

        foreach (var instance in Draw(FamilyQuestion.Count, 120))
        {
            var (oracle, y) = (new KinshipOracle(instance.Tree), instance.Statement.Second!.Value);
            Assert.Equal(
                Enumerable.Range(0, instance.Tree.Males.Count)
                .Count(x => oracle.Holds(instance.Statement.Relation, x, y)), int.Parse(instance.Answer, CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Half_of_the_deductions_are_true() =>
        Assert.Equal(60, Draw(FamilyQuestion.Deduce, 120).Count(instance => instance.Answer == "yes"));

    [Fact]
    public void Of_the_rules_to_choose_from_only_the_answer_gives_the_pairs_shown()
    {
        foreach (var instance in Draw(FamilyQuestion.Induce, 80))
        {
            var known = ForwardChainer.Close(instance.Tree.Facts, instance.Rules);
            var relation = instance.Statement.Relation;
            var given = known.Keys.Where(fact => fact.Relation != relation).ToArray();
            var fitting = instance.Candidates.Select((rule, i) => (
                Number: $"{i + 1}",
                Gives: ForwardChainer.Close(given, [rule]).Keys.Where(fact => fact.Relation == relation).ToHashSet()));
            Assert.Equal([instance.Answer], fitting.Where(rule => rule.Gives.SetEquals(instance.Pairs)).Select(rule => rule.Number));
        }
    }

    [Fact]
    public void The_rules_shown_are_enough_for_the_answer()
    {
        foreach (var instance in Draw(FamilyQuestion.Count, 60))
        {
            var all = ForwardChainer.Close(instance.Tree.Facts, FamilyRules.All);
            var shown = ForwardChainer.Close(instance.Tree.Facts, instance.Rules);
            Assert.Equal(Statements(all), Statements(shown));

            IEnumerable<string> Statements(IReadOnlyDictionary<Atom<int>, int> known) =>
                known.Keys.Where(fact => fact.Relation == instance.Statement.Relation).Select(fact => $"{fact}")
                    .Order(StringComparer.Ordinal);
        }
    }

    [Fact]
    public void The_four_renderings_differ_in_words_alone()
    {
        foreach (var cluster in GeneralizationSuites.Draw("family-trees", 3, 25).Problems.GroupBy(problem => problem.Cluster))
        {
            Assert.Equal(
                ["misleading", "renamed", "semantic", "symbolic"], cluster.Select(problem => problem.Topic!).Order(StringComparer.Ordinal));
            Assert.Single(cluster.Select(problem => problem.Answer).Distinct());
            Assert.Equal(4, cluster.Select(problem => problem.Text).Distinct().Count());

            // Words before a parenthesis are relations, words in it people; each numbered by first use, all four are the same text.
            Assert.Single(cluster.Select(problem => Numbered(problem.Text)).Distinct());
        }
    }

    [Fact]
    public void A_misleading_word_never_means_itself()
    {
        foreach (var cluster in GeneralizationSuites.Draw("family-trees", 4, 25).Problems.GroupBy(problem => problem.Cluster))
        {
            var (right, wrong) = (Relations(cluster, "semantic"), Relations(cluster, "misleading"));
            Assert.Equal(right.Distinct().Order(), wrong.Distinct().Order());
            Assert.All(right.Zip(wrong), pair => Assert.NotEqual(pair.First, pair.Second));
        }
    }

    private static IEnumerable<FamilyInstance> Draw(FamilyQuestion question, int count) =>
        new FamilyGenerator(7, question, FamilySizes.Large).Draw().Take(count);

    private static string[] Relations(IEnumerable<CognitiveTools.Evals.Problems.Problem> cluster, string lexicon) =>
        [.. Statement().Matches(cluster.First(problem => problem.Topic == lexicon).Text).Select(match => match.Groups["relation"].Value)];

    private static string Numbered(string text)
    {
        var (relations, people) = (new List<string>(), new List<string>());
        return Statement().Replace(text, match => $"R{Index(relations, match.Groups["relation"].Value)}({Arguments(match)})");

        string Arguments(Match match) => string.Join(
            ',', match.Groups["arguments"].Value.Split(", ").Select(name => name.Length == 1 ? name : $"P{Index(people, name)}"));

        static int Index(List<string> words, string word)
        {
            if (!words.Contains(word))
                words.Add(word);
            return words.IndexOf(word);
        }
    }

    [GeneratedRegex(@"(?<relation>\w+)\((?<arguments>[^)]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Statement();
}
