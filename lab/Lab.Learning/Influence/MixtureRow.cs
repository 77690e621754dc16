using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Lab.Problems.Mixture;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>A conversation of a mixture of procedures and facts, read back from its tokens.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Answer">What is answered, without the mark in front.</param>
/// <param name="IsFact">Whether a fact is asked for, not what a procedure makes of an element.</param>
/// <param name="Group">The fact's key, or the procedure's name.</param>
internal sealed record MixtureRow(string Question, string Answer, bool IsFact, string Group)
{
    /// <summary>Reads all conversations of a file.</summary>
    /// <exception cref="InvalidDataException">One of them is neither.</exception>
    public static MixtureRow[] ReadAll(TokenFile file, MiniVocabulary words)
    {
        var user = words.Encode("user\n")[0];
        var stop = words.Control(MiniVocabulary.MessageEnd);
        return [.. Enumerable.Range(0, file.Count).Select(Read)];

        MixtureRow Read(int row)
        {
            var (prompt, text) = file.Question(row);
            var question = words.Decode(prompt.SkipWhile(token => token != user).Skip(1).TakeWhile(token => token != stop));
            var answer = words.Decode(text.Skip(1));
            var key = question.Trim(Fact.Mark);
            if (key.Length == question.Length - 1 && key.All(char.IsAsciiLetterUpper))
                return new MixtureRow(question, answer, IsFact: true, key);
            return AlchemyTask.TryParse(question) is { } task
                ? new MixtureRow(question, answer, IsFact: false, task.CompositionName)
                : throw new InvalidDataException(
                    $"{file.Name}: conversation {row + 1} ('{question}') is neither a procedure nor a fact. The study needs corpora with "
                        + "the key 'mixture', such as those of models/training/corpora-influence.yaml.");
        }
    }

    /// <summary>Whether a text stands in the question or the answer.</summary>
    public bool Says(string text) =>
        Question.Contains(text, StringComparison.Ordinal) || Answer.Contains(text, StringComparison.Ordinal);
}
