namespace CognitiveTools.Lab.Learning.Data;

/// <summary>The different lines of a corpus, and each of its problems as numbers of lines.</summary>
internal sealed class LineTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<int[]> _lines = [];
    private readonly List<bool> _said = [];
    private readonly List<(int[] Question, int[] Solution)> _problems = [];

    /// <summary>Reads all problems of a corpus.</summary>
    public LineTable(TokenFile file, LineCutter cutter)
    {
        File = file;
        for (var row = 0; row < file.Count; row++)
        {
            var problem = cutter.Cut(file, row);
            _problems.Add((
                [.. problem.Question.Select(line => Number(line, isSaid: false))],
                [.. problem.Solution.Select(line => Number(line, isSaid: true))]));
        }
    }

    /// <summary>The corpus.</summary>
    public TokenFile File { get; }

    /// <summary>The lines, each once, in tokens.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Lines => _lines;

    /// <summary>Numbers of the lines that solutions have.</summary>
    public IEnumerable<int> OfSolutions => Enumerable.Range(0, _lines.Count).Where(number => _said[number]);

    /// <summary>A problem's lines.</summary>
    public (int[] Question, int[] Solution) this[int row] => _problems[row];

    /// <summary>Whether the corpus has a line.</summary>
    public bool Has(IReadOnlyList<int> line) => _numbers.ContainsKey(Key(line));

    /// <summary>A text that only equal lines have.</summary>
    public static string Key(IReadOnlyList<int> line) => string.Join(' ', line);

    private int Number(int[] line, bool isSaid)
    {
        var key = Key(line);
        if (!_numbers.TryGetValue(key, out var number))
        {
            _numbers.Add(key, number = _lines.Count);
            _lines.Add(line);
            _said.Add(false);
        }

        _said[number] |= isSaid;
        return number;
    }
}
