using System.Globalization;

namespace CognitiveTools.Answers.Boards;

/// <summary>
/// A board with at most one queen in each row, as a text with one character for each row: the column of its queen from 1, or a point where
/// none is placed yet. <c>..5....2</c> is a board of eight rows with two queens.
/// </summary>
internal sealed class QueensBoard
{
    /// <summary>Rows at least and at most; a column is one digit.</summary>
    public const int LeastSide = 4, MostSide = 9;

    private const char Open = '.';

    private readonly int[] _columns;

    private QueensBoard(int[] columns) => _columns = columns;

    /// <summary>Rows, and columns.</summary>
    public int Side => _columns.Length;

    /// <summary>For each row the column of its queen from 1, or 0.</summary>
    public IReadOnlyList<int> Columns => _columns;

    /// <summary>Whether every row has a queen and none attacks another.</summary>
    public bool IsSolution => _columns.All(static column => column > 0) && Enumerable.Range(0, Side).All(row => IsFree(row, _columns[row]));

    /// <summary>A board from columns, 0 for an open row.</summary>
    /// <exception cref="ArgumentException">There are too few or too many, or one is not on the board.</exception>
    public static QueensBoard Of(IReadOnlyList<int> columns)
    {
        if (columns.Count is < LeastSide or > MostSide || columns.Any(column => column < 0 || column > columns.Count))
        {
            throw new ArgumentException(
                $"[{string.Join(", ", columns)}] is not a board of {LeastSide} to {MostSide} rows with a column or 0 for each.",
                nameof(columns));
        }

        return new QueensBoard([.. columns]);
    }

    /// <summary>Reads a board; <see langword="null"/> when the text is not one.</summary>
    public static QueensBoard? Parse(string text)
    {
        text = text.Trim();
        if (text.Length is < LeastSide or > MostSide)
            return null;
        var columns = new int[text.Length];
        for (var row = 0; row < text.Length; row++)
        {
            if (text[row] == Open)
                continue;
            columns[row] = text[row] - '0';
            if (columns[row] < 1 || columns[row] > text.Length)
                return null;
        }

        return new QueensBoard(columns);
    }

    /// <summary>Whether it is a solution that has all queens of a board.</summary>
    public bool Completes(QueensBoard given) =>
        given.Side == Side && IsSolution
        && given._columns.Zip(_columns).All(static pair => pair.First == 0 || pair.First == pair.Second);

    /// <summary>All solutions that have the queens of this board, in the order of their texts.</summary>
    public IReadOnlyList<QueensBoard> Completions()
    {
        var found = new List<QueensBoard>();
        var board = new QueensBoard([.. _columns]);
        if (Enumerable.Range(0, Side).All(row => _columns[row] == 0 || IsFree(row, _columns[row])))
            board.Fill(0, found);
        return found;
    }

    /// <summary>The board without the queens of some rows.</summary>
    public QueensBoard Without(IReadOnlyCollection<int> rows) =>
        new([.. _columns.Select((column, row) => rows.Contains(row) ? 0 : column)]);

    /// <inheritdoc/>
    public override string ToString() => string.Concat(_columns.Select(static column =>
        column == 0 ? $"{Open}" : column.ToString(CultureInfo.InvariantCulture)));

    private void Fill(int row, List<QueensBoard> found)
    {
        if (row == Side)
        {
            found.Add(new QueensBoard([.. _columns]));
            return;
        }

        if (_columns[row] > 0)
        {
            Fill(row + 1, found);
            return;
        }

        for (var column = 1; column <= Side; column++)
        {
            if (!IsFree(row, column))
                continue;
            _columns[row] = column;
            Fill(row + 1, found);
            _columns[row] = 0;
        }
    }

    private bool IsFree(int row, int column)
    {
        for (var other = 0; other < Side; other++)
        {
            if (other != row && _columns[other] is var taken and > 0
                && (taken == column || Math.Abs(taken - column) == Math.Abs(other - row)))
                return false;
        }

        return true;
    }
}
