using System.Text;

namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>
/// Records a calculation as a list of steps, each a chain of visible arithmetic primitives such as
/// <c>5*9=45+4=49%11=5</c>. A family calculates only through a recorder, so its worked solution cannot disagree with its
/// answer, and a planted error (one wrong result) carries through to the end as a real slip would.
/// </summary>
internal sealed class CalculationRecorder
{
    /// <summary>Steps after which a calculation gives up; only one derailed by a planted error gets there.</summary>
    internal const int StepLimit = 14;

    private readonly List<string> _steps = [];
    private readonly StringBuilder _open = new();
    private readonly int _plantAt;
    private readonly Func<int, int, int>? _plant;
    private int? _last;

    /// <summary>A faithful recorder.</summary>
    public CalculationRecorder() => _plantAt = -1;

    /// <summary>A recorder on which one primitive goes wrong.</summary>
    /// <param name="plantAt">Zero-based index of the primitive that is to go wrong.</param>
    /// <param name="plant">From the right result and the number of values it could have, the wrong one.</param>
    internal CalculationRecorder(int plantAt, Func<int, int, int> plant)
    {
        _plantAt = plantAt;
        _plant = plant;
    }

    /// <summary>The finished steps, without their numbers.</summary>
    public IReadOnlyList<string> Steps => _steps;

    /// <summary>Primitives recorded so far.</summary>
    public int Primitives { get; private set; }

    /// <summary>One-based number of the step in which the planted error fell; 0 while none did.</summary>
    public int WrongStep { get; private set; }

    /// <summary>Whether a derailed calculation has to stop.</summary>
    public bool Exhausted => _steps.Count >= StepLimit;

    /// <summary>a + b</summary>
    public int Add(int a, int b) => Record(a, '+', b, a + b, 1000);

    /// <summary>a - b</summary>
    public int Subtract(int a, int b) => Record(a, '-', b, a - b, 1000);

    /// <summary>a * b</summary>
    public int Multiply(int a, int b) => Record(a, '*', b, a * b, 1000);

    /// <summary>Remainder of a divided by b.</summary>
    public int Remainder(int a, int b) => Record(a, '%', b, a % b, b);

    /// <summary>Goes from one node of a graph to the next.</summary>
    /// <param name="from">The node left.</param>
    /// <param name="to">The node entered.</param>
    /// <param name="nodes">Nodes of the graph, numbered from 1.</param>
    public int Hop(int from, int to, int nodes)
    {
        var reached = Planted(to, nodes);
        if (reached == 0)
            reached = nodes;
        _open.Append(from).Append('>').Append(reached);
        _last = null;
        return reached;
    }

    /// <summary>Names a value for what follows, as a step of its own.</summary>
    public void Name(string name, int value)
    {
        _open.Append(name).Append('=').Append(value);
        EndStep();
    }

    /// <summary>Closes the step.</summary>
    public void EndStep()
    {
        _steps.Add(_open.ToString());
        _open.Clear();
        _last = null;
    }

    private int Record(int a, char sign, int b, int exact, int range)
    {
        var result = Planted(exact, range);
        if (_last == a)
            _open.Append(sign).Append(b);
        else
            _open.Append(_open.Length == 0 ? "" : ",").Append(a).Append(sign).Append(b);
        _open.Append('=').Append(result);
        _last = result;
        return result;
    }

    private int Planted(int exact, int range)
    {
        if (Primitives++ != _plantAt)
            return exact;
        WrongStep = _steps.Count + 1;
        return _plant!(exact, range);
    }
}
