using CognitiveTools.Answers;
using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Problems;

namespace CognitiveTools.Evals.Tests.Problems;

/// <summary>The reference answers of MATH-500; set COGTOOLS_DATA to a folder that holds the set to run these.</summary>
public sealed class Math500Tests
{
    private static readonly IAnswerKind Kind = AnswerKinds.Expression;

    // Judged by eye: the same except order, spaces, the way a fraction or a number is set, a unit that one of them leaves
    // out, or the variable that is solved for.
    private static readonly (string, string)[] TrulyEqual =
    [
        ("-2,1", "1,-2"), ("10,\\!080", "10080"), ("2 \\sqrt{5}", "2\\sqrt{5}"), ("\\frac14", "\\frac{1}{4}"), ("15", "15\\mbox{ cm}^2"),
        ("36", "\\$36"), ("36", "36^\\circ"), ("30", "30^\\circ"), ("90", "90^\\circ"), ("120", "120^\\circ"), ("5", "x=5"),
    ];

    [Fact]
    public void Every_reference_answer_is_read_and_can_be_given_in_every_usual_way()
    {
        var golds = Golds();

        Assert.Equal(500, golds.Length);
        Assert.All(golds, gold =>
        {
            Assert.NotNull(Kind.NormalizeGold(gold));
            Assert.Equal(new AnswerComparison(Equal: true, AsText: false), Kind.Compare(gold, " " + gold + " "));
            foreach (var text in Given(gold))
            {
                var answer = Kind.Extract(text).Answer;
                Assert.True(answer is not null, text);
                Assert.Equal(new AnswerComparison(Equal: true, AsText: false), Kind.Compare(answer!, gold));
                Assert.Equal(new AnswerComparison(Equal: true, AsText: false), Kind.Compare(gold, answer!));
                Assert.True(Kind.Matches(Kind.Read($"\\boxed{{{gold}}}")!, Kind.Read(text)!), text); // in its own way of writing
            }
        });
    }

    [Fact]
    public void Different_reference_answers_are_equal_only_where_they_say_the_same()
    {
        string[] golds = [.. Golds().Distinct().Order(StringComparer.Ordinal)];
        var equal = new HashSet<(string, string)>();
        for (var i = 0; i < golds.Length; i++)
        {
            for (var j = i + 1; j < golds.Length; j++)
            {
                if (Kind.Matches(golds[i], golds[j]))
                    equal.Add((golds[i], golds[j]));
            }
        }

        Assert.Equal(TrulyEqual.ToHashSet(), equal);
    }

    private static string[] Golds()
    {
        var folder = Environment.GetEnvironmentVariable("COGTOOLS_DATA");
        Assert.SkipWhen(folder is null, "To run it: COGTOOLS_DATA=FOLDER dotnet test -c Release, where FOLDER holds the published sets.");
        return [.. ProblemFile.Read(Path.Combine(folder!, "math500.jsonl")).Problems.Select(p => p.Answer)];
    }

    private static string[] Given(string gold) =>
    [
        $"So the result is \\boxed{{{gold}}}.",
        $"**Final Answer:** ${gold}$",
        $"The answer is ${gold}$.",
        $"ANSWER: \\( {gold.Replace("\\frac", "\\dfrac", StringComparison.Ordinal)} \\)",
        $"Final Answer\n\n$$\\boxed{{ {gold.Replace(" ", "  ", StringComparison.Ordinal)} }}$$",
        $"\\boxed{{{gold.Replace("\\left(", "(", StringComparison.Ordinal).Replace("\\right)", ")", StringComparison.Ordinal)}}}",
    ];
}
