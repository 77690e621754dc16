using System.Globalization;

namespace CognitiveTools.Evals.Wandering;

/// <summary>A number of at least 2, divided by its smallest prime factor again and again; the prime factors are summed.</summary>
internal sealed record PrimeFactors(int Number) : WanderingTask(Kind, $"{Number}")
{
    /// <summary>Name of the task.</summary>
    public const string Kind = "factors";

    public override string Text =>
        $"Factorise {Number}. Begin with STATE({Number}). In each state n try the primes P in ascending order with ATTEMPT(P)==yes if P "
        + "divides n, else ATTEMPT(P)==no; go on from where you were, a prime that failed is not tried again. When P times P is above n, "
        + "try n itself. After a yes write STATE(n divided by P). Stop at STATE(1). "
        + $"The answer is the sum of all prime factors, each as often as it divides {Number}. {Closing}";

    public override int Answer => Factors(Number).Sum();

    /// <summary>The factors in order; every line of the perfect trace before the state that a factor leads to is needed for it.</summary>
    public override IReadOnlyDictionary<string, int> Goals =>
        PerfectTrace.Index().Where(line => line.Index > 0 && line.Item.StartsWith("STATE", StringComparison.Ordinal))
            .Select((line, i) => (Factor: $"factor {i + 1}", Steps: line.Index))
            .ToDictionary(goal => goal.Factor, goal => goal.Steps, StringComparer.Ordinal);

    public override IReadOnlyList<string> PerfectTrace
    {
        get
        {
            var lines = new List<string> { Line($"STATE({Number})") };
            for (var (n, prime) = (Number, 2); n > 1;)
            {
                var tried = prime * prime > n ? n : prime;
                if (n % tried == 0)
                {
                    lines.Add(Line($"ATTEMPT({tried})==yes"));
                    lines.Add(Line($"STATE({n /= tried})"));
                }
                else
                {
                    lines.Add(Line($"ATTEMPT({tried})==no"));
                    do
                        prime++;
                    while (!IsPrime(prime));
                }
            }

            return lines;

            static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        }
    }

    internal override TraceSimulator Begin() => new Simulator(this);

    private static bool IsPrime(int number) => number > 1 && Factors(number).Count == 1;

    private static List<int> Factors(int number)
    {
        var factors = new List<int>();
        for (var divisor = 2; number > 1; divisor++)
        {
            if (divisor * divisor > number)
                divisor = number;
            for (; number % divisor == 0; number /= divisor)
                factors.Add(divisor);
        }

        return factors;
    }

    private sealed class Simulator(PrimeFactors task) : TraceSimulator
    {
        private readonly List<int> _states = [];
        private readonly HashSet<int> _failed = [];
        private readonly List<int> _found = [];

        // The factor that the last line found, with which the next state is due.
        private int? _divisor;

        public override int Conclusion => _found.Sum();

        private int Now => _states.Count == 0 ? task.Number : _states[^1];

        public override TraceMove Step(TraceLine line) => line.Whole(0) is not { } number ? Unknown(line) : line.Verb switch
        {
            "STATE" => State(number),
            "ATTEMPT" when line.Result is "yes" or "no" => Attempt(number, line.Result == "yes"),
            _ => Unknown(line),
        };

        public override IEnumerable<string> Omitted() => Now == 1 ? [] : [$"It stops at {Now}."];

        private TraceMove State(int number)
        {
            var (before, divisor) = (Now, _divisor);
            if (number < 1 || number > task.Number)
                return TraceMove.Wrong(TraceFaultKind.BoundaryViolation, $"{number} cannot be what is left of {task.Number}.");
            if (divisor is null && _states.Count > 0)
            {
                if (number == before)
                    return TraceMove.Wrong(TraceFaultKind.StateRevisitation, $"The state is {number} already.");
                return _states.Contains(number)
                    ? TraceMove.Wrong(TraceFaultKind.IncorrectBacktracking, $"It goes back from {before} to {number}.")
                    : TraceMove.Wrong(TraceFaultKind.ProcedureOmission, $"No factor was found between {before} and {number}.");
            }

            // After a slip the simulation continues from the right state, if there is one.
            var due = divisor is null ? task.Number : before % divisor.Value == 0 ? before / divisor.Value : number;
            _divisor = null;
            _states.Add(due);
            if (number != due)
            {
                return number == before && divisor is not null
                    ? TraceMove.Wrong(TraceFaultKind.StateStaleness, $"{number} is the state before the division; it is {due} now.")
                    : TraceMove.Wrong(TraceFaultKind.ExecutionError, $"The state should be {due}, not {number}.");
            }

            return divisor is null ? TraceMove.Right : TraceMove.Reaches($"factor {_found.Count}");
        }

        private TraceMove Attempt(int prime, bool yes)
        {
            TraceMove? late = null;
            if (_states.Count == 0 || _divisor is not null)
            {
                _states.Add(_divisor is { } divisor && Now % divisor == 0 ? Now / divisor : Now);
                _divisor = null;
                late = TraceMove.Wrong(TraceFaultKind.ProcedureOmission, $"The state {Now} was not written down.");
            }

            var now = Now;
            if (prime < 2 || prime > now || !IsPrime(prime))
                return TraceMove.Wrong(TraceFaultKind.BoundaryViolation, $"{prime} is not a prime from 2 to {now}.");
            if (_failed.Contains(prime))
                return TraceMove.Wrong(TraceFaultKind.StateRevisitation, $"{prime} failed before.");
            var skipped = Enumerable.Range(2, prime - 2)
                .Where(smaller => smaller * smaller <= now && IsPrime(smaller) && !_failed.Contains(smaller))
                .ToArray();
            if (yes)
            {
                _divisor = prime;
                _found.Add(prime);
            }
            else
            {
                _failed.Add(prime);
            }

            var verb = yes ? "does not divide" : "divides";
            return yes != (now % prime == 0) ? TraceMove.Wrong(TraceFaultKind.ExecutionError, $"{prime} {verb} {now}.")
                : skipped.Length > 0 ? TraceMove.Wrong(TraceFaultKind.ProcedureOmission, $"{skipped[0]} was not tried before {prime}.")
                : late ?? TraceMove.Right;
        }
    }
}
