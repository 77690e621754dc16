namespace CognitiveTools.Evals.Wandering;

/// <summary>The different orders of letters of which some are the same, found by depth-first search and counted.</summary>
internal sealed record MultisetPermutations(string Letters) : WanderingTask(Kind, Letters)
{
    /// <summary>Name of the task.</summary>
    public const string Kind = "permutations";

    private const string Continue = "continue";
    private const string Done = "done";

    public override string Text =>
        $"Find all different orders of the letters {string.Join(", ", Letters.ToCharArray())} by depth-first search over beginnings, "
        + $"first letters of the alphabet first. For every beginning P write CHECK(P)=={Continue}, or CHECK(P)=={Done} when it uses all "
        + "letters. To go back from a beginning to the one that is a letter shorter, write BACKTRACK(P) with the shorter one, which may "
        + "be empty: BACKTRACK(). Every different beginning is checked once. "
        + $"The answer is the number of different orders. {Closing}";

    public override int Answer => Goals.Count;

    public override IReadOnlyDictionary<string, int> Goals =>
        Beginnings("").Where(path => path.Length == Letters.Length).ToDictionary(path => path, path => path.Length, StringComparer.Ordinal);

    public override IReadOnlyList<string> PerfectTrace
    {
        get
        {
            var lines = new List<string>();
            var path = "";
            foreach (var next in Beginnings(""))
            {
                while (path.Length >= next.Length)
                {
                    path = path[..^1];
                    lines.Add($"BACKTRACK({path})");
                }

                lines.Add($"CHECK({next})=={ResultOf(next)}");
                path = next;
            }

            return lines;
        }
    }

    internal override TraceSimulator Begin() => new Simulator(this);

    // Depth first, in the order of the alphabet.
    private IEnumerable<string> Beginnings(string path) =>
        Letters.Distinct().Order()
            .Where(letter => Left(path, letter) > 0)
            .SelectMany(letter => Beginnings(path + letter).Prepend(path + letter));

    private int Left(string path, char letter) => Letters.Count(other => other == letter) - path.Count(other => other == letter);

    private string ResultOf(string path) => path.Length == Letters.Length ? Done : Continue;

    private sealed class Simulator(MultisetPermutations task) : TraceSimulator
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private readonly HashSet<string> _done = new(StringComparer.Ordinal);
        private string _path = "";

        public override int Conclusion => _done.Count;

        public override TraceMove Step(TraceLine line)
        {
            var path = line.Arguments.Count == 0 ? "" : line.Arguments[0];
            return line.Verb switch
            {
                "BACKTRACK" => Back(path),
                "CHECK" when path.Length > 0 && line.Result is Continue or Done => Check(path, line.Result),
                _ => Unknown(line),
            };
        }

        // Only the first missing beginnings: everything below them is missing too.
        public override IEnumerable<string> Omitted() =>
            task.Beginnings("")
                .Where(path => !_seen.Contains(path) && (path.Length == 1 || _seen.Contains(path[..^1])))
                .Select(path => $"{path} was never checked.");

        private TraceMove Back(string path)
        {
            var (right, before) = (_path.Length > 0 && path == _path[..^1], _path);
            if (path.Length == 0 || _seen.Contains(path))
                _path = path;
            return right
                ? TraceMove.Right
                : TraceMove.Wrong(TraceFaultKind.IncorrectBacktracking, $"From '{before}' one cannot go back to '{path}'.");
        }

        private TraceMove Check(string path, string result)
        {
            var before = _path;
            if (path.Length > task.Letters.Length || path.Any(letter => !task.Letters.Contains(letter, StringComparison.Ordinal)))
                return TraceMove.Wrong(TraceFaultKind.BoundaryViolation, $"'{path}' is not a beginning of these letters.");
            if (path.FirstOrDefault(letter => task.Left(path, letter) < 0) is var used and not '\0')
                return TraceMove.Wrong(TraceFaultKind.StateStaleness, $"'{path}' uses {used} when none is left.");
            if (_seen.Contains(path))
            {
                _path = path;
                return TraceMove.Wrong(TraceFaultKind.StateRevisitation, $"'{path}' was checked before.");
            }

            for (var length = 1; length <= path.Length; length++)
                _seen.Add(path[..length]);
            _path = path;
            if (result == Done)
                _done.Add(path);
            if (path[..^1] != before)
                return TraceMove.Wrong(TraceFaultKind.ProcedureOmission, $"'{path}' does not follow '{before}' in one step.");
            if (result != task.ResultOf(path))
                return TraceMove.Wrong(TraceFaultKind.ExecutionError, $"'{path}' is {task.ResultOf(path)}, not {result}.");
            return result == Done ? TraceMove.Reaches(path) : TraceMove.Right;
        }
    }
}
