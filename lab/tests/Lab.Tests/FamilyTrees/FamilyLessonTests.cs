using CognitiveTools.Lab.Problems.FamilyTrees;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Tests.FamilyTrees;

public sealed class FamilyLessonTests
{
    private static readonly string[] Invented = [.. FamilyText.Names.Skip(28)];

    [Fact]
    public void The_work_finds_whom_forward_chaining_finds()
    {
        var questions = new[] { FamilyQuestion.Deduce, FamilyQuestion.Count };
        foreach (var instance in questions.SelectMany(question => new FamilyGenerator(5, question, FamilySizes.Small).Draw().Take(200)))
        {
            var (relation, person) = (instance.Statement.Relation, instance.Statement.Second!.Value);
            var wanted = ForwardChainer.Close(instance.Tree.Facts, FamilyRules.All).Keys
                .Where(fact => fact.Relation == relation && fact.Second == person).Select(static fact => fact.First);
            var trace = new FamilyTrace(instance, new FamilyText(instance, Lexicon.Misleading, 3));
            Assert.Equal(wanted.Order(), trace.Found.Order());
            Assert.InRange(trace.Lines.Count, 3, FamilySizes.Small.MostLines!.Value);
            Assert.Equal(
                instance.Answer,
                instance.Question == FamilyQuestion.Count ? $"{trace.Found.Count}"
                    : trace.Found.Contains(instance.Statement.First) ? "yes" : "no");
        }
    }

    [Fact]
    public void The_work_is_written_down_from_the_goal_to_what_was_found()
    {
        var tree = new FamilyTree([true, false, true], [(0, 2), (1, 2)]);
        var instance = new FamilyInstance(
            1, tree, FamilyQuestion.Count, new Atom<int>("fatherOf", 0, 2), FamilyRules.For("fatherOf"), "1", 1);
        var text = new FamilyText(instance, Lexicon.Semantic, 1);
        var (father, mother, son) = (text.Name(0), text.Name(1), text.Name(2));

        Assert.Equal(
            [
                $"fatherOf(?, {son}) if parentOf(X, Y) and male(X)", $"parentOf(?, {son}):{father},{mother}",
                $"male({father}):male({father}),yes", $"male({mother}):female({mother}),no", $"fatherOf(?, {son}):{father}",
            ],
            new FamilyTrace(instance, text).Lines);
    }

    [Fact]
    public void The_work_on_a_statement_ends_with_the_statement()
    {
        foreach (var instance in new FamilyGenerator(6, FamilyQuestion.Deduce, FamilySizes.Small).Draw().Take(50))
        {
            var text = new FamilyText(instance, Lexicon.Symbolic, 2);
            var (last, asked) = (text.Traced().Lines[^1], text.Name(instance.Statement.First));
            var at = last.IndexOf(':', StringComparison.Ordinal);
            Assert.Contains($"Is {last[..at]} true?", text.Render(), StringComparison.Ordinal);
            var compared = last[(at + 1)..] == FamilyText.Nobody ? [] : last[(at + 1)..].Split(',');
            Assert.Equal(
                new FamilyTrace(instance, text).Found.Select(text.Name).Select(name => $"{asked}={name}:{(name == asked ? "yes" : "no")}"),
                compared);
            Assert.Equal(instance.Answer == "yes", compared.Any(static one => one.EndsWith(":yes", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Problems_to_train_on_are_never_held_out()
    {
        var trained = Keys(heldOut: false, 400).ToHashSet(StringComparer.Ordinal);
        Assert.All(Keys(heldOut: true, 100), key => Assert.DoesNotContain(key, trained));

        static IEnumerable<string> Keys(bool heldOut, int count) =>
            new FamilyGenerator(9, FamilyQuestion.Deduce, FamilySizes.Small, heldOut).Draw().Take(count).Select(static one => one.Key);
    }

    [Fact]
    public void Questions_are_taught_in_semantic_words_and_about_some_relations_in_symbols()
    {
        var texts = FamilyLessons.Draw(4, heldOut: false).Take(400).Select(static problem => problem.Text).ToArray();
        Assert.All(texts, static text => Assert.DoesNotContain(Invented, name => text.Contains(name, StringComparison.Ordinal)));
        Assert.InRange(texts.Count(static text => text.Contains("parentOf(", StringComparison.Ordinal)), 200, 300);

        // In semantic words the first facts are of parents, in misleading ones hardly ever.
        Assert.All(texts, static text => Assert.Matches(@"^Facts:\n(parentOf|r\d+)\(", text));
        Assert.True(FamilyLessons.IsTaughtInSymbols("motherOf"));
        Assert.False(FamilyLessons.IsTaughtInSymbols("fatherOf"));
    }

    [Fact]
    public void Recitals_teach_invented_names_and_learn_what_was_looked_up()
    {
        var recitals = FamilyLessons.Recite(4, heldOut: false).Take(60).ToArray();
        Assert.Contains(recitals, static one => one.Passages[1].Text.Contains(Invented[0], StringComparison.Ordinal));
        Assert.All(recitals, static one =>
        {
            Assert.All(one.Passages.Skip(2).Chunk(2), static pair =>
            {
                Assert.Equal((false, true), (pair[0].Learn, pair[1].Learn));
                Assert.Matches("( if |:)$", pair[0].Text);
                Assert.EndsWith(";", pair[1].Text, StringComparison.Ordinal);
            });
        });
    }

    [Fact]
    public void Recitals_compare_a_person_with_those_of_a_list()
    {
        var verdicts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var instance in new FamilyGenerator(8, FamilyQuestion.Deduce, FamilySizes.Small).Draw().Take(20))
        {
            var text = new FamilyText(instance, Lexicon.Renamed, 2);
            var lists = FamilyTrace.LookUps(instance, text, SeededRandom.Of(1)).Where(static group => group.Length > 1).ToArray();
            Assert.Equal(2 * instance.Tree.Males.Count, lists.Length);
            Assert.All(lists, list =>
            {
                var names = list[0].Found == FamilyText.Nobody ? [] : list[0].Found.Split(',');
                var compared = names.Length == 0 ? [] : list[1].Found.Split(',');
                Assert.Equal(names.Length == 0, list[1].Found == FamilyText.Nobody);
                Assert.Equal(names, compared.Select(static one => one.Split('=', ':')[1]));
                Assert.All(compared, one =>
                {
                    var parts = one.Split('=', ':');
                    Assert.Contains(parts[0], list[1].Asked, StringComparison.Ordinal);
                    Assert.Equal(parts[0] == parts[1] ? "yes" : "no", parts[2]);
                    verdicts.Add(parts[2]);
                });
            });
        }

        Assert.Equal(["no", "yes"], verdicts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Recitals_copy_the_property_of_each_person_and_compare_it()
    {
        foreach (var instance in new FamilyGenerator(8, FamilyQuestion.Count, FamilySizes.Small).Draw().Take(20))
        {
            var text = new FamilyText(instance, Lexicon.Semantic, 2);
            var lines = FamilyTrace.LookUps(instance, text, SeededRandom.Of(1)).Where(static group => group.Length == 1)
                .Select(static group => group[0]).Where(static line => line.Asked.EndsWith("):", StringComparison.Ordinal)).ToArray();
            Assert.Equal(instance.Tree.Males.Count, lines.Length);
            Assert.All(lines, line =>
            {
                var at = line.Found.IndexOf(',', StringComparison.Ordinal);
                Assert.Contains(line.Found[..at] + ".", text.Render(), StringComparison.Ordinal);
                Assert.Equal(line.Found[..at] + ":" == line.Asked ? "yes" : "no", line.Found[(at + 1)..]);
            });
        }
    }
}
