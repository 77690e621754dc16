using System.Text;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Server.Answers;

/// <summary>
/// Divides the text of a solve into thinking and answer, so that a client that joins both reads the answer once. Used by one flow.
/// Thoughts, samples and text that is the answer for certain are sent as they come. A turn of which only the end of the solve shows
/// whether it is the answer is held until then, or until a tool's result shows that it is not.
/// </summary>
/// <param name="isStreamed">Whether the answer is sent as it comes; otherwise it is sent once, at the end.</param>
internal sealed class AnswerText(bool isStreamed)
{
    private readonly StringBuilder _answer = new();
    private readonly SortedDictionary<int, StringBuilder> _samples = [];
    private readonly List<string> _held = []; // turns that may be the answer, or parts of it
    private string _half = ""; // half of a surrogate pair, until the other half comes
    private string _between = ""; // line breaks between the thinking so far and what may follow
    private bool _inAnswer;
    private bool _inThinking;

    /// <summary>What to send for a piece of text.</summary>
    public IEnumerable<AnswerPart> Add(TextPiece piece)
    {
        if (piece.Sample is { } sample)
            return Sampled(sample, piece.Text);
        if (!piece.IsThought && !(piece.IsAnswer && isStreamed))
            return []; // it is in the step of its turn
        var text = _half + piece.Text;
        _half = char.IsHighSurrogate(text[^1]) ? text[^1..] : "";
        text = text[..^_half.Length];
        if (text.Length == 0)
            return [];
        if (piece.IsThought)
        {
            _inThinking = true;
            return [Thinking(text, "")];
        }

        _inAnswer = true;
        _answer.Append(text);
        return [new AnswerPart { Text = text }];
    }

    /// <summary>What to send for a finished step.</summary>
    public IEnumerable<AnswerPart> Add(Step step)
    {
        if (step is Said said)
            return Paragraphs([Turn(said)]);
        List<string> texts = [];
        if (step is Called { Observation.Length: > 0 }) // without a result, the turns before the call stay a part of the answer
        {
            texts.AddRange(_held.Select(StepText.Paragraph));
            _held.Clear();
        }

        // The turn of the chosen branch is a step of its own, and streamed samples were told line by line.
        texts.Add(StepText.Of(step is Branch branch && (branch.Chosen || _samples.Count > 0) ? branch with { Text = "" } : step));
        return Paragraphs(texts);
    }

    /// <summary>What is left to send of the answer.</summary>
    public IEnumerable<AnswerPart> Close(string answer)
    {
        foreach (var (sample, text) in _samples)
        {
            if (text.Length > 0)
                yield return Line(sample, text.ToString());
        }

        var others = _held.Where(text => !answer.Contains(text.Trim(), StringComparison.Ordinal));
        foreach (var part in Paragraphs(others.Select(StepText.Paragraph)))
            yield return part;
        var sent = _answer.ToString();
        if (sent.Length == 0)
            yield return new AnswerPart { Text = answer.Trim() };
        else if (answer.Length > sent.Length && answer.StartsWith(sent, StringComparison.Ordinal))
            yield return new AnswerPart { Text = answer[sent.Length..] };
        else if (!sent.Trim().Equals(answer.Trim(), StringComparison.Ordinal)) // a layer around the reasoner changed it
            yield return new AnswerPart { Text = "\n\n" + answer.Trim() };
    }

    private string Turn(Said said)
    {
        if (_inThinking)
            _between = "\n\n";
        var thinking = _inThinking || _samples.Count > 0 ? "" : StepText.Paragraph(said.Thoughts);
        if (!_inAnswer && _samples.Count == 0 && !string.IsNullOrWhiteSpace(said.Text))
            _held.Add(said.Text);
        (_inAnswer, _inThinking) = (false, false);
        return thinking;
    }

    // The line breaks behind a paragraph are sent with the next thinking, if any comes.
    private List<AnswerPart> Paragraphs(IEnumerable<string> texts)
    {
        var parts = new List<AnswerPart>();
        foreach (var text in texts.Where(static text => text.Length > 0))
        {
            var body = text.TrimEnd('\n');
            parts.Add(Thinking(body, text[body.Length..]));
        }

        return parts;
    }

    private AnswerPart Thinking(string text, string between)
    {
        var part = new AnswerPart { Thinking = _between + text };
        _between = between;
        return part;
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

    private AnswerPart Line(int sample, string text) => Thinking(FormattableString.Invariant($"[sample {sample + 1}] {text}"), "\n");
}
