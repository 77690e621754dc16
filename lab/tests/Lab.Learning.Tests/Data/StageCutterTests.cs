using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Tests.Objectives;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Learning.Tests.Data;

public sealed class StageCutterTests
{
    [Fact]
    public void A_stage_is_a_line_and_a_collapsed_stage_is_its_token()
    {
        for (var row = 0; row < SmallStages.File.Count; row++)
        {
            var (problem, solution) = (SmallStages.Problems[row], SmallStages.Cutter.Cut(SmallStages.File, row));
            var steps = string.Concat(problem.Solution.Select(static (step, i) => $"{i + 1}:{step};"));
            Assert.Equal([problem.Canonical, steps, problem.Solution[^1]], solution.Stages.Select(SmallStages.Words.Decode));
            Assert.Equal(
                $"{problem.Canonical}\n{steps}\n{problem.Solution[^1]}\nANSWER: {problem.Answer}<|im_end|>", Text(0));
            Assert.Equal($"<|restate|><|work|>{problem.Solution[^1]}\nANSWER: {problem.Answer}<|im_end|>", Text(2));
            Assert.Equal($"<|restate|><|work|><|check|>ANSWER: {problem.Answer}<|im_end|>", Text(3));
            Assert.Equal(
                SmallStages.Words.Decode(solution.Prompt).Replace("latent", "interpret", StringComparison.Ordinal),
                SmallStages.Words.Decode(solution.Asking));

            string Text(int collapsed) => SmallStages.Words.Decode(SmallStages.Cutter.Text(solution, collapsed));
        }
    }

    [Fact]
    public void A_conversation_without_stages_is_refused()
    {
        var error = Assert.Throws<InvalidDataException>(() => SmallStages.Cutter.Cut(SmallCorpus.File, 0));
        Assert.Contains("formats: {staged: 1}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vocabulary_without_thinking_tokens_is_refused() =>
        Assert.Contains("vocab-heima.txt", Assert.Throws<ArgumentException>(static () => new StageCutter(SmallCorpus.Words)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_vocabulary_keeps_all_tokens_of_the_base_where_they_are()
    {
        var (words, other) = (HeimaVocabulary.Build(), MiniVocabularyBuilder.Build(numbersWhole: true, skillsApart: true));
        var rows = Learning.Runs.OtherVocabulary.Rows(words, other);
        Assert.Equal(Enumerable.Range(0, other.Count), rows.Take(other.Count).Select(static row => row!.Value));
        Assert.All(HeimaVocabulary.ThinkingTokens, token => Assert.Null(rows[words.Find(token)!.Value]));
        Assert.Equal(words.Count, other.Count + 1 + HeimaVocabulary.ThinkingTokens.Count);
    }
}
