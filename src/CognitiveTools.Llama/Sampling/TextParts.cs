using System.Text;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Llama.Sampling;

/// <summary>Collects the pieces of a generation into its parts: thoughts and visible text in order.</summary>
/// <param name="isStreamed">Whether the pieces are small; otherwise each is a whole part, which is kept as it is.</param>
internal sealed class TextParts(bool isStreamed)
{
    private readonly List<TextPiece> _parts = [];
    private readonly StringBuilder? _last = isStreamed ? new() : null;
    private bool _isThought;

    internal void Add(TextPiece piece)
    {
        if (_last is null)
        {
            _parts.Add(piece);
            return;
        }

        if (piece.IsThought != _isThought)
            Close();
        _isThought = piece.IsThought;
        _last.Append(piece.Text);
    }

    /// <summary>All parts.</summary>
    internal IReadOnlyList<TextPiece> All()
    {
        Close();
        return _parts;
    }

    /// <summary>The visible text.</summary>
    internal string Visible()
    {
        Close();
        return _parts is [{ IsThought: false } only] ? only.Text
            : string.Concat(_parts.Where(static part => !part.IsThought).Select(static part => part.Text));
    }

    private void Close()
    {
        if (_last is not { Length: > 0 })
            return;
        _parts.Add(new(_last.ToString(), _isThought));
        _last.Clear();
    }
}
