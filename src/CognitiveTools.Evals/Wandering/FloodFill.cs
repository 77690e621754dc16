using System.Globalization;

namespace CognitiveTools.Evals.Wandering;

/// <summary>The cells connected to the upper left one, found by depth-first search and counted.</summary>
/// <param name="Rows">Rows of <c>.</c> (open) and <c>#</c> (wall), all of one length; the first cell is open.</param>
internal sealed record FloodFill(IReadOnlyList<string> Rows) : WanderingTask(Kind, string.Join('/', Rows))
{
    /// <summary>Name of the task.</summary>
    public const string Kind = "flood";

    private const string Open = "fill";
    private const string Wall = "wall";

    private static readonly (int Row, int Column)[] Directions = [(0, 1), (1, 0), (0, -1), (-1, 0)];

    public override string Text =>
        $"The map has {Rows.Count} rows of {Rows[0].Length} cells, open (.) or wall (#):\n{string.Join('\n', Rows)}\n"
        + "Walk from cell (0,0), row before column, and find all open cells that can be reached by steps right, down, left and up. "
        + "You stand on (0,0), which counts. At each cell look at its neighbours on the map in that order, each cell of the map once: "
        + $"write CHECK(R,C)=={Wall}, or CHECK(R,C)=={Open} and you stand there. "
        + "When no neighbour is left unseen, write BACKTRACK(R,C) with the cell that you came from. "
        + "Stop when nothing is left unseen from (0,0). "
        + $"The answer is the number of open cells reached, (0,0) included. {Closing}";

    public override int Answer => Goals.Count + 1;

    public override IReadOnlyDictionary<string, int> Goals
    {
        get
        {
            var steps = new Dictionary<string, int>(StringComparer.Ordinal) { [Spell((0, 0))] = 0 };
            var queue = new Queue<(int Row, int Column)>([(0, 0)]);
            while (queue.TryDequeue(out var cell))
            {
                foreach (var next in Neighbours(cell).Where(IsOpen))
                {
                    if (steps.TryAdd(Spell(next), steps[Spell(cell)] + 1))
                        queue.Enqueue(next);
                }
            }

            // The first cell needs no step, so it is not a goal.
            steps.Remove(Spell((0, 0)));
            return steps;
        }
    }

    public override IReadOnlyList<string> PerfectTrace
    {
        get
        {
            var lines = new List<string>();
            var seen = new HashSet<(int, int)> { (0, 0) };
            Visit((0, 0));
            return lines;

            void Visit((int Row, int Column) cell)
            {
                foreach (var next in Neighbours(cell))
                {
                    if (!seen.Add(next))
                        continue;
                    lines.Add($"CHECK({Spell(next)})=={ResultOf(next)}");
                    if (!IsOpen(next))
                        continue;
                    Visit(next);
                    lines.Add($"BACKTRACK({Spell(cell)})");
                }
            }
        }
    }

    internal override TraceSimulator Begin() => new Simulator(this);

    private static string Spell((int Row, int Column) cell) => string.Create(CultureInfo.InvariantCulture, $"{cell.Row},{cell.Column}");

    private bool OnMap((int Row, int Column) cell) =>
        cell.Row >= 0 && cell.Row < Rows.Count && cell.Column >= 0 && cell.Column < Rows[0].Length;

    private bool IsOpen((int Row, int Column) cell) => Rows[cell.Row][cell.Column] == '.';

    private string ResultOf((int Row, int Column) cell) => IsOpen(cell) ? Open : Wall;

    private IEnumerable<(int Row, int Column)> Neighbours((int Row, int Column) cell) =>
        Directions.Select(step => (Row: cell.Row + step.Row, Column: cell.Column + step.Column)).Where(OnMap);

    private sealed class Simulator(FloodFill task) : TraceSimulator
    {
        private readonly HashSet<(int Row, int Column)> _seen = [(0, 0)];
        private readonly HashSet<(int Row, int Column)> _filled = [(0, 0)];
        private readonly Stack<(int Row, int Column)> _path = new([(0, 0)]);

        public override int Conclusion => _filled.Count;

        public override TraceMove Step(TraceLine line)
        {
            if (line.Whole(0) is not { } row || line.Whole(1) is not { } column)
                return Unknown(line);
            return line.Verb switch
            {
                "BACKTRACK" => Back((row, column)),
                "CHECK" when line.Result is Open or Wall => Check((row, column), line.Result),
                _ => Unknown(line),
            };
        }

        public override IEnumerable<string> Omitted() =>
            _filled.Where(task.IsOpen).SelectMany(task.Neighbours).Distinct()
                .Where(cell => !_seen.Contains(cell))
                .Order()
                .Select(cell => $"({Spell(cell)}) was never checked.");

        private TraceMove Back((int Row, int Column) cell)
        {
            var before = _path.Pop();
            if (_path.TryPeek(out var parent) && parent == cell)
                return TraceMove.Right;
            _path.Push(before);

            // After a claim to be on a cell of the path, the simulation continues from that cell.
            while (_path.Contains(cell) && _path.Peek() != cell)
                _path.Pop();
            return TraceMove.Wrong(TraceFaultKind.IncorrectBacktracking, $"({Spell(before)}) was not reached from ({Spell(cell)}).");
        }

        private TraceMove Check((int Row, int Column) cell, string result)
        {
            var here = _path.Peek();
            if (!task.OnMap(cell))
                return TraceMove.Wrong(TraceFaultKind.BoundaryViolation, $"({Spell(cell)}) is not on the map.");
            if (!_seen.Add(cell))
                return TraceMove.Wrong(TraceFaultKind.StateRevisitation, $"({Spell(cell)}) was seen before.");
            if (result == Open)
            {
                _filled.Add(cell);
                _path.Push(cell);
            }

            if (!task.Neighbours(here).Contains(cell))
            {
                return task.Neighbours(cell).Any(_filled.Contains)
                    ? TraceMove.Wrong(
                        TraceFaultKind.StateStaleness,
                        $"({Spell(cell)}) is next to a cell that was left; the current cell is ({Spell(here)}).")
                    : TraceMove.Wrong(TraceFaultKind.ProcedureOmission, $"No step leads to ({Spell(cell)}).");
            }

            if (result != task.ResultOf(cell))
                return TraceMove.Wrong(TraceFaultKind.ExecutionError, $"({Spell(cell)}) is {task.ResultOf(cell)}, not {result}.");
            return result == Open ? TraceMove.Reaches(Spell(cell)) : TraceMove.Right;
        }
    }
}
