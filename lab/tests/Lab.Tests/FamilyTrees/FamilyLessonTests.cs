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
                $"{father}:male(,{mother}:female(", $"male(?):{father}", $"fatherOf(?, {son}):{father}",
            ],
            new FamilyTrace(instance, text).Lines);
    }

    [Fact]
    public void The_work_on_a_statement_ends_with_those_found_and_the_person_asked_about()
    {
        foreach (var instance in new FamilyGenerator(6, FamilyQuestion.Deduce, FamilySizes.Small).Draw().Take(50))
        {
            var text = new FamilyText(instance, Lexicon.Symbolic, 2);
            string[] found = [.. new FamilyTrace(instance, text).Found.Select(person => text.Name(person) + "+")];
            var mark = instance.Answer == "yes" ? "+" : "-";
            Assert.Equal(
                $"{(found.Length == 0 ? FamilyText.Nobody : string.Join(',', found))}:{text.Name(instance.Statement.First)}{mark}",
                text.Traced().Lines[^1]);
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
            // A name, a goal or a relation is asked for; a list, a rule, a property or a mark is learned.
            Assert.All(one.Passages.Skip(2), static passage =>
                Assert.Matches(passage.Learn ? "[;,:]$" : @"( if |:|\w)$", passage.Text));
            Assert.EndsWith(";", one.Passages[^1].Text, StringComparison.Ordinal);
            Assert.Contains(one.Passages, static passage => passage.Learn);
        });
    }

    [Fact]
    public void Recitals_say_who_is_in_a_list_and_who_is_not()
    {
        var marks = new HashSet<string>(StringComparer.Ordinal);
        foreach (var instance in new FamilyGenerator(8, FamilyQuestion.Deduce, FamilySizes.Small).Draw().Take(20))
        {
            var text = new FamilyText(instance, Lexicon.Renamed, 2);
            var groups = LookUps(instance, text);
            var list = groups[0];
            var names = list[0].Found == FamilyText.Nobody + ";" ? [] : list[0].Found.TrimEnd(';').Split(',');
            var marked = names.Length == 0 ? FamilyText.Nobody : string.Join(',', names.Select(static name => name + "+"));
            Assert.Equal(("", marked + ":"), list[1]);
            Assert.Equal(instance.Tree.Males.Count, list.Skip(2).Select(static one => one.Asked).Distinct().Count());
            Assert.All(list.Skip(2), one =>
            {
                Assert.Equal(names.Contains(one.Asked) ? '+' : '-', one.Found[0]);
                marks.Add(one.Found[..1]);
            });
            Assert.Equal(
                2 * instance.Tree.Males.Count - 1,
                groups.Skip(1).Count(static group => group.Length == 1 && group[0].Asked.Contains(", ", StringComparison.Ordinal)
                    && group[0].Asked.EndsWith("):", StringComparison.Ordinal)));
        }

        Assert.Equal(2, marks.Count);
    }

    [Fact]
    public void Recitals_copy_the_properties_of_some_people_and_say_who_has_one()
    {
        foreach (var instance in new FamilyGenerator(8, FamilyQuestion.Count, FamilySizes.Small).Draw().Take(20))
        {
            var text = new FamilyText(instance, Lexicon.Semantic, 2);
            var groups = LookUps(instance, text)
                .Where(static group => group[^1].Asked.EndsWith("(?):", StringComparison.Ordinal)).ToArray();
            Assert.Equal(instance.Tree.Males.Count, groups.Sum(static group => group.Length - 1));
            Assert.All(groups, group =>
            {
                var holding = new List<string>();
                foreach (var (asked, found) in group[..^1])
                {
                    var name = asked.TrimEnd(':');
                    Assert.Contains($"{found[..^1]}{name}).", text.Render(), StringComparison.Ordinal);
                    if (group[^1].Asked.StartsWith(found[..^1], StringComparison.Ordinal))
                        holding.Add(name);
                }

                Assert.Equal((holding.Count == 0 ? FamilyText.Nobody : string.Join(',', holding)) + ";", group[^1].Found);
            });
        }
    }

    [Fact]
    public void Recitals_of_facts_have_neither_rules_nor_questions()
    {
        var recitals = FamilyLessons.ReciteFacts(3).Take(60).ToArray();
        Assert.All(recitals, static one => Assert.Matches(@"^Facts:\n(\w+\(\w+(, \w+)?\)\. ?)+$", one.Passages[1].Text));
        Assert.Contains(recitals, static one => one.Passages[1].Text.Contains("r7(", StringComparison.Ordinal));
        Assert.DoesNotContain(
            recitals.SelectMany(static one => one.Passages), static passage => passage.Text.EndsWith(" if ", StringComparison.Ordinal));
    }

    private static (string Asked, string Found)[][] LookUps(FamilyInstance instance, FamilyText text) =>
        [.. FamilyTrace.LookUps(instance, text, SeededRandom.Of(instance.Number))];
}
