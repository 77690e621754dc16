using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Learning.Data;

/// <summary>
/// Questions that are answered at once, made from worked ones: the work gives the values on the way, one for each operation, and the
/// position of an operation is to predict the value behind it.
/// </summary>
internal sealed class DirectRows
{
    private readonly bool _chat;
    private readonly int _user, _close, _mark, _stop, _worked, _direct;

    /// <summary>Creates a reader of rows.</summary>
    /// <param name="words">The vocabulary.</param>
    /// <param name="chat">Whether rows keep the chat format; else the question stands alone.</param>
    /// <exception cref="ArgumentException">The vocabulary lacks a token that rows are cut at.</exception>
    public DirectRows(MiniVocabulary words, bool chat)
    {
        _chat = chat;
        (_user, _close, _mark, _worked, _direct) = (One("user\n"), One(";"), One(MiniFormats.AnswerMark), One("cot"), One("direct"));
        _stop = words.Control(MiniVocabulary.MessageEnd);

        int One(string text) => words.One(text, "rows");
    }

    /// <summary>Reads a row.</summary>
    public DirectRow Read(TokenFile file, int row)
    {
        var (prompt, text) = file.Question(row);
        var start = Array.IndexOf(prompt, _user) + 1;
        int[] values = [.. Enumerable.Range(1, text.Length - 1).Where(at => text[at] == _close).Select(at => text[at - 1])];
        int[] answer = [_mark, text[^1], _stop];
        return _chat
            ? new DirectRow([.. prompt.Select(token => token == _worked ? _direct : token), .. answer], start + 1, values)
            : new DirectRow([.. prompt[start..Array.IndexOf(prompt, _stop, start)], .. answer], 1, values);
    }

    /// <summary>Positions of some rows when all are padded to the longest; the last token of a row is fed to nothing.</summary>
    public long Positions(TokenFile file, IReadOnlyList<int> rows) =>
        (long)rows.Count * (rows.Max(row => Read(file, row).Tokens.Length) - 1);
}

/// <summary>A question with its answer.</summary>
/// <param name="Tokens">The question, the mark in front of the answer, the answer, and the end of the turn.</param>
/// <param name="First">Position of the first operation, behind the value that it starts from.</param>
/// <param name="Values">The values behind the operations.</param>
internal sealed record DirectRow(int[] Tokens, int First, int[] Values)
{
    /// <summary>Position of the mark, which predicts the answer.</summary>
    public int Mark => Tokens.Length - 3;

    /// <summary>The answer.</summary>
    public int Answer => Tokens[^2];
}
