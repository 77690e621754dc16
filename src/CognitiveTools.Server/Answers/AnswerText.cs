using System.Text;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Server.Answers;

/// <summary>Divides the text of a solve, as it comes, into thinking and answer, so that nothing is sent twice. Used by one flow.</summary>
internal sealed class AnswerText
{
    private readonly StringBuilder _answer = new();
    private readonly SortedDictionary<int, StringBuilder> _samples = [];
    private Said? _held; // may be the answer itself
    private string _half = ""; // half of a surrogate pair, until the other half comes
    private bool _inTurn;
    private bool _inThinking;

    /// <summary>What to send for a piece of text.</summary>
    public IEnumerable<AnswerPart> Add(TextPiece piece)
    {
        if (piece.Sample is { } sample)
            return Sampled(sample, piece.Text);
        _inTurn = true;
        var text = _half + piece.Text;
        _half = char.IsHighSurrogate(text[^1]) ? text[^1..] : "";
        text = text[..^_half.Length];
        if (text.Length == 0)
            return [];
        if (!piece.IsAnswer)
        {
            _inThinking = true;
            return [new AnswerPart { Thinking = text }];
        }

        _answer.Append(text);
        return [new AnswerPart { Text = text }];
    }

    /// <summary>What to send for a finished step.</summary>
    public IEnumerable<AnswerPart> Add(Step step)
    {
        var parts = new List<AnswerPart>();
        if (_held is not null && StepText.Of(_held) is { Length: > 0 } held)
            parts.Add(new AnswerPart { Thinking = held });
        _held = null;
        if (step is Said said)
        {
            if (!_inTurn)
                _held = said;
            else if (_inThinking)
                parts.Add(new AnswerPart { Thinking = "\n\n" });
            (_inTurn, _inThinking) = (false, false);
        }
        else if (StepText.Of(step) is { Length: > 0 } text)
        {
            parts.Add(new AnswerPart { Thinking = text });
        }

        return parts;
    }

    /// <summary>What is left to send of the answer.</summary>
    public IEnumerable<AnswerPart> Close(string answer)
    {
        foreach (var (sample, text) in _samples)
        {
            if (text.Length > 0)
                yield return Line(sample, text.ToString());
        }

        if (_held is not null && !_held.Text.Trim().Equals(answer.Trim(), StringComparison.Ordinal)
            && StepText.Of(_held) is { Length: > 0 } last)
            yield return new AnswerPart { Thinking = last };
        var sent = _answer.ToString();
        if (sent.Length == 0)
            yield return new AnswerPart { Text = answer.Trim() };
        else if (answer.Length > sent.Length && answer.StartsWith(sent, StringComparison.Ordinal))
            yield return new AnswerPart { Text = answer[sent.Length..] };
        else if (!sent.Trim().Equals(answer.Trim(), StringComparison.Ordinal)) // a layer around the reasoner changed it
            yield return new AnswerPart { Text = "\n\n" + answer.Trim() };
    }

    // Samples may run at the same time, so only whole lines of one can be read.
    private IEnumerable<AnswerPart> Sampled(int sample, string text)
    {
        if (!_samples.TryGetValue(sample, out var held))
            _samples.Add(sample, held = new StringBuilder());
        held.Append(text);
        if (held.ToString().LastIndexOf('\n') is var end && end < 0)
            return [];
        var lines = held.ToString(0, end).Split('\n');
        held.Remove(0, end + 1);
        return [.. lines.Where(static line => line.Length > 0).Select(line => Line(sample, line))];
    }

    private static AnswerPart Line(int sample, string text) =>
        new() { Thinking = FormattableString.Invariant($"[sample {sample + 1}] {text}\n") };
}
