using System.Text;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Ask;

/// <summary>
/// Prints a solve while it runs: the text of each turn as it is generated, thoughts in a dim style and before a line of their own,
/// tool calls when they return, and a line with the time after ten seconds of silence. Streamed text is not printed again when its
/// step is finished. Samples, which may run at the same time, are printed line by line with their numbers. Thread-safe.
/// </summary>
internal sealed class LiveView : IProgress<Step>, IProgress<TextPiece>, IDisposable
{
    private const string Dim = "\u001b[2m", Plain = "\u001b[22m";

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly TextWriter _output;
    private readonly TraceView? _trace;
    private readonly bool _dims;
    private readonly SortedDictionary<int, StringBuilder> _samples = [];
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private bool _inText;
    private bool _inThought;
    private bool _inTurn;
    private bool _ended;

    /// <param name="output">Where it is printed.</param>
    /// <param name="trace">Prints whole steps, other than streamed text; <see langword="null"/> for one line per tool call.</param>
    /// <param name="time">The clock.</param>
    /// <param name="dims">Whether thoughts are dimmed with terminal sequences.</param>
    public LiveView(TextWriter output, TraceView? trace, TimeProvider time, bool dims = false)
    {
        (_output, _dims) = (dims ? TerminalWriter.Unguarded(output) : output, dims);
        (_trace, _time, _start) = (trace, time, time.GetTimestamp());
        _timer = time.CreateTimer(_ => Tick(), state: null, Silence, Silence);
    }

    public void Report(TextPiece value)
    {
        lock (_gate)
        {
            if (_ended)
                return;
            if (value.Sample is { } sample)
                Add(sample, value.Text);
            else
                Write(value);
            _output.Flush();
            _timer.Change(Silence, Silence);
        }
    }

    public void Report(Step value)
    {
        lock (_gate)
        {
            if (_ended)
                return;
            var wasStreamed = _inTurn && value is Said;
            EndText();
            EndSamples();
            _inTurn = false;
            _timer.Change(Silence, Silence);
            if (wasStreamed)
                return;
            if (_trace is not null)
                _trace.Report(value);
            else if (value is Called called)
                _output.WriteLine($"-- {TerminalText.Line(called.Tool)}: {called.Outcome}, {UsageWords.Positions(called.Usage)}");
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            EndText();
            EndSamples();
            _ended = true;
        }
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (_ended)
                return;
            EndText();
            _output.WriteLine(FormattableString.Invariant($"-- working, {_time.GetElapsedTime(_start).TotalSeconds:0} s"));
        }
    }

    private void Write(TextPiece value)
    {
        if (_inText && value.IsThought != _inThought)
            EndText();
        if (!_inText && !_inTurn)
            _trace?.BeginTurn();
        if (!_inText && value.IsThought)
            _output.Write(_dims ? Dim + "(thinking) " : "(thinking) ");
        (_inText, _inThought, _inTurn) = (true, value.IsThought, true);
        _output.Write(TerminalText.Block(value.Text));
    }

    // Samples run at the same time, so only whole lines of one can be read.
    private void Add(int sample, string text)
    {
        if (!_samples.TryGetValue(sample, out var held))
            _samples.Add(sample, held = new StringBuilder());
        held.Append(text.ReplaceLineEndings("\n"));
        if (held.ToString().LastIndexOf('\n') is >= 0 and var end)
        {
            WriteLines(sample, held.ToString(0, end));
            held.Remove(0, end + 1);
        }
    }

    private void WriteLines(int sample, string lines)
    {
        EndText();
        foreach (var line in lines.Split('\n').Where(static line => line.Length > 0))
            _output.WriteLine(FormattableString.Invariant($"[{sample + 1}] {TerminalText.Line(line)}"));
    }

    private void EndSamples()
    {
        foreach (var (sample, held) in _samples)
            WriteLines(sample, held.ToString());
        _samples.Clear();
    }

    private void EndText()
    {
        if (_inText && _inThought && _dims)
            _output.Write(Plain);
        if (_inText)
            _output.WriteLine();
        _inText = false;
    }
}
