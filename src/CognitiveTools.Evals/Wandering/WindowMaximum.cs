using System.Globalization;

namespace CognitiveTools.Evals.Wandering;

/// <summary>The maxima of all windows (2 numbers or more) of a list, summed.</summary>
internal sealed record WindowMaximum(IReadOnlyList<int> Numbers, int Width)
    : WanderingTask(Kind, $"{string.Join(' ', Numbers)};{Width}")
{
    /// <summary>Name of the task.</summary>
    public const string Kind = "windows";

    public override string Text =>
        $"The list is {string.Join(", ", Numbers)}, its positions are counted from 0. Go through all windows of {Width} neighbouring "
        + "numbers from left to right. For each, write CHECK(L,R)==M with its first position, its last position and its largest number. "
        + $"The answer is the sum of all M. {Closing}";

    public override int Answer => Enumerable.Range(0, Windows).Sum(Maximum);

    public override IReadOnlyDictionary<string, int> Goals =>
        Enumerable.Range(0, Windows).ToDictionary(left => $"{left}", _ => 1, StringComparer.Ordinal);

    public override IReadOnlyList<string> PerfectTrace =>
    [
        .. Enumerable.Range(0, Windows)
            .Select(left => string.Create(CultureInfo.InvariantCulture, $"CHECK({left},{left + Width - 1})=={Maximum(left)}")),
    ];

    private int Windows => Numbers.Count - Width + 1;

    internal override TraceSimulator Begin() => new Simulator(this);

    private int Maximum(int left) => Numbers.Skip(left).Take(Width).Max();

    private sealed class Simulator(WindowMaximum task) : TraceSimulator
    {
        private readonly Dictionary<int, int> _found = [];
        private int _last = -1;

        public override int Conclusion => _found.Values.Sum();

        public override TraceMove Step(TraceLine line)
        {
            if (line.Verb != "CHECK"
                || line.Whole(0) is not { } left
                || line.Whole(1) is not { } right
                || !int.TryParse(line.Result, CultureInfo.InvariantCulture, out var said))
            {
                return Unknown(line);
            }

            if (left < 0 || right >= task.Numbers.Count || right - left + 1 != task.Width)
            {
                return TraceMove.Wrong(
                    TraceFaultKind.BoundaryViolation, $"{left} to {right} is not a window of {task.Width} numbers of the list.");
            }

            if (_found.ContainsKey(left))
                return TraceMove.Wrong(TraceFaultKind.StateRevisitation, $"The window at {left} was checked before.");
            var (before, exact) = (_last, task.Maximum(left));
            _last = left;
            _found[left] = said;
            if (left < before)
                return TraceMove.Wrong(TraceFaultKind.IncorrectBacktracking, $"From {before} it goes back to {left}.");
            if (said == exact)
                return TraceMove.Reaches($"{left}");
            var stale = _found.GetValueOrDefault(left - 1, exact) == said && !task.Numbers.Skip(left).Take(task.Width).Contains(said);
            return stale
                ? TraceMove.Wrong(TraceFaultKind.StateStaleness, $"{said} has left the window.")
                : TraceMove.Wrong(TraceFaultKind.ExecutionError, $"The largest number of this window is {exact}, not {said}.");
        }

        public override IEnumerable<string> Omitted() =>
            Enumerable.Range(0, task.Windows)
                .Where(left => !_found.ContainsKey(left))
                .Select(left => $"The window at {left} was never checked.");
    }
}
