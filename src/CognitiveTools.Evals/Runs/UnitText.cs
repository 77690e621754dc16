using System.Text;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Runs;

/// <summary>
/// What a unit in progress has produced so far: its text as models write it, its calls of tools, and a count of its latent steps. Keeps the
/// end. Thread-safe, because samples of a unit may run at the same time.
/// </summary>
/// <param name="started">When the unit began (<see cref="TimeProvider.GetTimestamp"/>).</param>
internal sealed class UnitText(long started) : IProgress<TextPiece>, IProgress<Step>
{
    /// <summary>Characters of one sample that are kept at least; with many samples fewer.</summary>
    public const int Kept = 1500;

    private const int FewestKept = 150;
    private const int NoSample = -1;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, Voice> _voices = [];

    /// <summary>When the unit began.</summary>
    public long Started => started;

    public void Report(TextPiece value)
    {
        lock (_gate)
            Of(value.Sample).Add(value.IsThought ? TextPartKind.Thought : TextPartKind.Said, value.Text, Most);
    }

    /// <summary>Takes calls and latent steps; the text of other steps was reported as it came.</summary>
    public void Report(Step value)
    {
        lock (_gate)
        {
            if (value is Called call)
                Of(null).Add(TextPartKind.Called, $"{call.Tool}: {call.Observation}\n", Most);
            else if (value is Thought)
                Of(null).Count();
        }
    }

    /// <summary>The parts of the end, sample by sample, and how many characters are left out.</summary>
    public (IReadOnlyList<TextPart> Parts, int LeftOut) Read()
    {
        lock (_gate)
            return ([.. _voices.SelectMany(static v => v.Value.Read())], _voices.Values.Sum(static v => v.LeftOut));
    }

    private int Most => Math.Max(FewestKept, Kept / _voices.Count);

    private Voice Of(int? sample)
    {
        if (!_voices.TryGetValue(sample ?? NoSample, out var voice))
            _voices.Add(sample ?? NoSample, voice = new Voice(sample));
        return voice;
    }

    private sealed class Voice(int? sample)
    {
        private readonly List<(TextPartKind Kind, StringBuilder Text)> _parts = [];
        private int _length;
        private int _steps;

        public int LeftOut { get; private set; }

        public void Add(TextPartKind kind, string text, int most)
        {
            if (_parts is not [.., var last] || last.Kind != kind)
                _parts.Add(last = (kind, new StringBuilder()));
            last.Text.Append(text);
            _length += text.Length;
            if (_length > 2 * most)
                LeaveOut(_length - most);
        }

        public void Count() => _steps++;

        public IEnumerable<TextPart> Read()
        {
            if (_steps > 0)
                yield return new TextPart(TextPartKind.Latent, sample, "", _steps);
            foreach (var (kind, text) in _parts)
                yield return new TextPart(kind, sample, text.ToString(), 0);
        }

        private void LeaveOut(int count)
        {
            (_length, LeftOut) = (_length - count, LeftOut + count);
            while (_parts[0].Text.Length <= count)
            {
                count -= _parts[0].Text.Length;
                _parts.RemoveAt(0);
            }

            _parts[0].Text.Remove(0, count);
        }
    }
}
