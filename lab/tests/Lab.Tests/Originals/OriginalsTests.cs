using System.Globalization;
using System.Text.RegularExpressions;
using CognitiveTools.Lab.Problems.Templates;
using CognitiveTools.Lab.Tests.Templates;

namespace CognitiveTools.Lab.Tests.Originals;

public sealed partial class OriginalsTests
{
    // Problems that are the original of a template share its brute force, given the published numbers.
    private static readonly Dictionary<string, Func<int>> Computations = new[]
    {
        OriginalsA1.Answers, OriginalsA2.Answers, OriginalsB1.Answers, OriginalsB2.Answers, OriginalsC1.Answers, OriginalsC2.Answers,
        TemplateCatalog.All.ToDictionary(
            template => template.OriginalId, template => new Func<int>(() => TemplateChecks.All[template.Id](template.Original.Arguments))),
    }.SelectMany(paper => paper).ToDictionary();

    public static TheoryData<string> Ids => [.. OriginalProblem.All.Select(problem => problem.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_answer_is_what_an_independent_computation_finds(string id)
    {
        var problem = OriginalProblem.All.Single(p => p.Id == id);
        Assert.True(Computations.TryGetValue(id, out var compute), $"{id} has no computation; add one to its paper's class or a template.");

        Assert.Equal(problem.Answer, compute().ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void There_are_three_contests_of_two_papers_with_fifteen_problems_in_rising_difficulty()
    {
        var expected = from contest in new[] { "A", "B", "C" }
                       from paper in new[] { "I", "II" }
                       from number in Enumerable.Range(1, 15)
                       select ($"cogtools-{contest}-{paper}-{number:00}", contest, number);
        Assert.Equal(expected, OriginalProblem.All.Select(p => (p.Id, p.Contest, p.Difficulty)));
    }

    [Fact]
    public void No_computation_is_without_its_problem() =>
        Assert.Empty(Computations.Keys.Except(OriginalProblem.All.Select(p => p.Id)));

    [Fact]
    public void Every_answer_is_an_integer_from_0_to_999_without_sign_or_leading_zero() => Assert.All(OriginalProblem.All, problem =>
    {
        var value = int.Parse(problem.Answer, NumberStyles.None, CultureInfo.InvariantCulture);
        Assert.InRange(value, 0, 999);
        Assert.Equal(problem.Answer, value.ToString(CultureInfo.InvariantCulture));
    });

    [Fact]
    public void Answers_are_spread_over_the_whole_range_and_hardly_repeat()
    {
        var answers = OriginalProblem.All.Select(p => int.Parse(p.Answer, CultureInfo.InvariantCulture)).ToArray();
        Assert.InRange(answers.Distinct().Count(), 85, 90);
        Assert.All(Enumerable.Range(0, 5), fifth => Assert.InRange(answers.Count(a => a / 200 == fifth), 9, 27));
    }

    [Fact]
    public void Each_contest_mixes_the_topics_as_competitions_do()
    {
        var bounds = new Dictionary<string, (int Low, int High)>
        {
            ["algebra"] = (4, 9),
            ["number theory"] = (5, 9),
            ["combinatorics"] = (6, 9),
            ["probability"] = (2, 5),
            ["geometry"] = (6, 9),
        };
        Assert.All(OriginalProblem.All.GroupBy(p => p.Contest), contest =>
        {
            Assert.Equal(bounds.Keys.Order(), contest.Select(p => p.Topic).Distinct().Order());
            Assert.All(bounds, bound => Assert.InRange(contest.Count(p => p.Topic == bound.Key), bound.Value.Low, bound.Value.High));
        });
    }

    [Fact]
    public void No_two_texts_are_near_duplicates()
    {
        var shingles = OriginalProblem.All.Select(p => (p.Id, Shingles: Shingles(p.Problem))).ToArray();
        for (var i = 0; i < shingles.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var common = shingles[i].Shingles.Intersect(shingles[j].Shingles).Count();
                var share = (double)common / Math.Min(shingles[i].Shingles.Count, shingles[j].Shingles.Count);
                Assert.True(share < 0.4, $"{shingles[i].Id} and {shingles[j].Id} share {share:P0} of their three-word runs.");
            }
        }
    }

    [Fact]
    public void Texts_are_printable_ascii_in_tidy_sentences() => Assert.All(OriginalProblem.All, problem =>
    {
        Assert.All(problem.Problem, letter => Assert.InRange(letter, ' ', '~'));
        Assert.DoesNotContain("  ", problem.Problem, StringComparison.Ordinal);
        Assert.Equal(problem.Problem.Trim(), problem.Problem);
        Assert.Matches(@"[.?](\$\$)?$", problem.Problem);
        Assert.Equal(("CognitiveTools originals", "CC0-1.0"), (problem.Source, problem.Licence));
    });

    [Fact]
    public void Dollars_and_braces_are_balanced_and_commands_stay_in_formulas() => Assert.All(OriginalProblem.All, problem =>
    {
        var formulas = problem.Problem.Replace("$$", "$", StringComparison.Ordinal).Split('$');
        Assert.True(formulas.Length % 2 == 1, $"{problem.Id} has a formula that is not closed.");
        for (var i = 0; i < formulas.Length; i++)
        {
            if (i % 2 == 0)
            {
                Assert.DoesNotContain('\\', formulas[i]);
                Assert.DoesNotContain('{', formulas[i]);
                Assert.DoesNotContain('}', formulas[i]);
                continue;
            }

            var depth = 0;
            foreach (var letter in EscapedBrace().Replace(formulas[i], ""))
            {
                depth += letter == '{' ? 1 : letter == '}' ? -1 : 0;
                Assert.True(depth >= 0, $"{problem.Id} closes a brace that is not open.");
            }

            Assert.True(depth == 0, $"{problem.Id} leaves a brace open.");
            Assert.Equal(
                Regex.Count(formulas[i], @"\\left\b", RegexOptions.None, TimeSpan.FromMinutes(1)),
                Regex.Count(formulas[i], @"\\right\b", RegexOptions.None, TimeSpan.FromMinutes(1)));
        }
    });

    private static HashSet<string> Shingles(string text)
    {
        // The stock sentence that turns a fraction into an integer is not a likeness.
        var words = Word().Matches(StockSentence().Replace(text, "")).Select(m => m.Value).ToArray();
        return [.. Enumerable.Range(0, Math.Max(0, words.Length - 2)).Select(i => string.Join(' ', words[i..(i + 3)]))];
    }

    [GeneratedRegex(@"\\[{}]", RegexOptions.None, 1000)]
    private static partial Regex EscapedBrace();

    [GeneratedRegex(
        @"(?:is|=|equals) \$?\\frac\{m\}\{n\}\$, where \$m\$ and \$n\$ are relatively prime positive integers\. Find \$m\+n\$\.",
        RegexOptions.None, 1000)]
    private static partial Regex StockSentence();

    [GeneratedRegex(@"[A-Za-z]+|\d+", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
