using CognitiveTools.Reasoners;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Ask;

/// <summary>
/// Prints a solve while it runs: the text of each turn as it is generated, tool calls when they return, and a line with the time
/// after ten seconds of silence. Streamed text is not printed again when its step is finished. Thread-safe.
/// </summary>
internal sealed class LiveView : IProgress<Step>, IProgress<TextPiece>, IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly TextWriter _output;
    private readonly TraceView? _trace;
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
    public LiveView(TextWriter output, TraceView? trace, TimeProvider time)
    {
        (_output, _trace, _time, _start) = (output, trace, time, time.GetTimestamp());
        _timer = time.CreateTimer(_ => Tick(), state: null, Silence, Silence);
    }

    public void Report(TextPiece value)
    {
        lock (_gate)
        {
            if (_ended)
                return;
            if (_inText && value.IsThought != _inThought)
                EndText();
            if (!_inText && !_inTurn)
                _trace?.BeginTurn();
            if (!_inText && value.IsThought)
                _output.Write("(thinking) ");
            (_inText, _inThought, _inTurn) = (true, value.IsThought, true);
            _output.Write(TerminalText.Block(value.Text));
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

    private void EndText()
    {
        if (_inText)
            _output.WriteLine();
        _inText = false;
    }
}
