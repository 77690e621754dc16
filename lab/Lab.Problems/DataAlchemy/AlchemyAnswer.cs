using CognitiveTools.Lab.Problems.Generation;

namespace CognitiveTools.Lab.Problems.DataAlchemy;

/// <summary>What a model said, cut at the answer mark.</summary>
/// <param name="Reasoning">The text before the mark.</param>
/// <param name="Answer">The text after it; empty when there is no mark.</param>
internal sealed record AlchemyAnswer(string Reasoning, string Answer)
{
    /// <summary>Reads a text; the last mark counts.</summary>
    public static AlchemyAnswer Read(string said)
    {
        ArgumentNullException.ThrowIfNull(said);
        var at = said.LastIndexOf(MiniFormats.AnswerMark, StringComparison.Ordinal);
        return at < 0
            ? new AlchemyAnswer(said.Trim(), "")
            : new AlchemyAnswer(said[..at].Trim(), said[(at + MiniFormats.AnswerMark.Length)..].Trim());
    }

    /// <summary>Scores it against a task's own chain.</summary>
    public AlchemyScore Score(AlchemyTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new(
            ChainScore.Of(Reasoning, task.Reasoning),
            ChainScore.Of(Answer, task.Answer),
            ChainScore.Of($"{Reasoning}\n{Answer}", $"{task.Reasoning}\n{task.Answer}"));
    }
}
