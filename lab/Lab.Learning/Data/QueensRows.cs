using CognitiveTools.Answers.Boards;
using CognitiveTools.Lab.Problems.Queens;
using CognitiveTools.Lab.Training.Corpora;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Data;

/// <summary>The rows of a corpus that was drawn with <c>queens: true</c>: boards, each with one of its solutions.</summary>
internal sealed class QueensRows
{
    private readonly (QueensBoard Given, QueensBoard Solution)[] _pairs;

    private QueensRows((QueensBoard Given, QueensBoard Solution)[] pairs) => _pairs = pairs;

    /// <summary>Rows.</summary>
    public int Count => _pairs.Length;

    /// <summary>Reads all rows.</summary>
    /// <exception cref="InvalidDataException">A row is not a board with a solution.</exception>
    public static QueensRows Read(TokenFile file, MiniVocabulary words)
    {
        return new QueensRows([.. Enumerable.Range(0, file.Count).Select(Pair)]);

        (QueensBoard Given, QueensBoard Solution) Pair(int row)
        {
            var (prompt, text) = file.Question(row);
            var (given, solution) = (Board(prompt), Board(text));
            return given is not null && solution?.Completes(given) == true
                ? (given, solution)
                : throw new InvalidDataException(
                    $"{file.Name}: conversation {row + 1} is not a board of queens with a solution. Write a corpus with queens: true.");
        }

        // The board stands between the marks of its message.
        QueensBoard? Board(int[] tokens)
        {
            string[] texts = [.. tokens.Select(token => words.Tokens[token])];
            var cells = texts.Where(static text => text.Length == 1 && (text[0] == '.' || char.IsAsciiDigit(text[0]))).ToArray();
            return cells.Length == QueensGenerator.Side ? QueensBoard.Parse(string.Concat(cells)) : null;
        }
    }

    /// <summary>The board of a row.</summary>
    public QueensBoard Given(int row) => _pairs[row].Given;

    /// <summary>Boards as cells, rows x side: the column of each queen from 1, or 0.</summary>
    public Tensor Givens(IReadOnlyList<int> rows) => Cells([.. rows.Select(row => _pairs[row].Given)]);

    /// <summary>Solutions as cells, rows x side.</summary>
    public Tensor Solutions(IReadOnlyList<int> rows) => Cells([.. rows.Select(row => _pairs[row].Solution)]);

    /// <summary>Boards as cells, rows x side.</summary>
    public static Tensor Cells(IReadOnlyList<QueensBoard> boards) => tensor(
        boards.SelectMany(static board => board.Columns).Select(static column => (long)column).ToArray(), boards.Count, boards[0].Side);

    /// <summary>The boards that logits (rows x cells x columns) are most for.</summary>
    public static QueensBoard[] Boards(Tensor logits)
    {
        var side = (int)logits.shape[1];
        return [.. logits.argmax(-1).cpu().data<long>().ToArray().Chunk(side)
            .Select(static columns => QueensBoard.Of([.. columns.Select(static column => (int)column + 1)]))];
    }
}
