using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Problems;

namespace CognitiveTools.Evals.Tests.Problems;

/// <summary>Published sets that the project does not ship; set COGTOOLS_DATA to a folder that holds them to run these.</summary>
public sealed class RealSetsTests
{
    [Theory]
    [InlineData("aime_1983_2023.jsonl", 896, 79)]
    [InlineData("aime_2024.jsonl", 30, 0)]
    [InlineData("aime_2025.jsonl", 30, 0)]
    [InlineData("amc23_40.jsonl", 40, 0)]
    [InlineData("amc_2022_2023_83.jsonl", 83, 0)]
    [InlineData("gsm8k_test.jsonl", 1319, 0)]
    public void Every_row_is_read_and_every_answer_can_be_given_and_recognised(string file, int problems, int figures)
    {
        var folder = Environment.GetEnvironmentVariable("COGTOOLS_DATA");
        Assert.SkipWhen(folder is null, "To run it: COGTOOLS_DATA=FOLDER dotnet test -c Release, where FOLDER holds the published sets.");

        var set = ProblemFile.Read(Path.Combine(folder!, file));

        Assert.Equal((problems, figures), (set.Problems.Count, set.FigureProblemsLeftOut));
        Assert.All(set.Problems, p =>
        {
            var gold = AnswerKinds.Integer.NormalizeGold(p.Answer);
            Assert.NotNull(gold);
            Assert.Equal(gold, AnswerKinds.Integer.Read($"So the result is \\boxed{{{p.Answer}}}."));
            Assert.Equal(gold, AnswerKinds.Integer.Read($"**Final Answer:** ${p.Answer}$"));
        });
    }
}
