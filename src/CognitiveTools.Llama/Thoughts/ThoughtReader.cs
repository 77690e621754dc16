using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Sampling;

namespace CognitiveTools.Llama.Thoughts;

/// <summary>
/// Separates the thoughts of one generation from its visible text, token by token, and says which tokens the engine writes itself to
/// end or prolong a thought. Used by the decode thread; a token allocates nothing.
/// </summary>
internal sealed class ThoughtReader
{
    private const int Capacity = 512;
    private const byte NoText = 0xFE;

    private readonly ThoughtFormat _format;
    private readonly int _limit;
    private byte[] _held = new byte[Capacity]; // bytes that may begin a mark
    private int _count;
    private int[] _forced = [];
    private int _forcedDone;
    private int _waits;
    private bool _isClosing;
    private bool _skipsSpace;

    /// <param name="format">The model's format.</param>
    /// <param name="isOpen">Whether the prompt ends within a thought.</param>
    /// <param name="limit">Thought tokens after which the thought is ended; <see langword="null"/>: no limit.</param>
    /// <param name="waits">How often "Wait" replaces the end of a thought.</param>
    internal ThoughtReader(ThoughtFormat format, bool isOpen, int? limit, int waits) =>
        (_format, IsOpen, _skipsSpace, _limit, _waits) = (format, isOpen, isOpen, limit ?? int.MaxValue, waits);

    /// <summary>Tokens that end a thought.</summary>
    internal int[] Ending { get; init; } = [];

    /// <summary>Tokens of "Wait".</summary>
    internal int[] WaitTokens { get; init; } = [];

    /// <summary>Whether the text is within a thought.</summary>
    internal bool IsOpen { get; private set; }

    /// <summary>Generated tokens that are not part of the visible text: thoughts and their marks.</summary>
    internal int ThoughtTokens { get; private set; }

    /// <summary>Whether a part of the visible text has been written.</summary>
    internal bool HasAnswer { get; private set; }

    /// <summary>Whether a grammar of the visible text does not bind the next token: it is part of a thought or of a mark.</summary>
    internal bool IsFree => IsOpen || (_count > 0 && _held[0] == ThoughtFormat.TokenMark);

    /// <summary>Whether a token is part of a mark by its id.</summary>
    internal bool IsMark(TokenId token) => _format.CodeOf(token) >= 0;

    /// <summary>The next token that the engine writes itself; <see langword="null"/>: it is sampled.</summary>
    internal TokenId? NextForced()
    {
        if (_forcedDone == _forced.Length && IsOpen && !_isClosing && ThoughtTokens >= _limit)
        {
            _isClosing = true;
            Force(Ending);
        }

        return _forcedDone < _forced.Length ? new TokenId(_forced[_forcedDone++]) : null;
    }

    /// <summary>Replaces a token that would end the thought by the first token of "Wait", as often as was asked for.</summary>
    internal TokenId Prolong(TokenId token, bool endsTurn)
    {
        if (_waits == 0 || !IsOpen || _isClosing || !(endsTurn || Closes(token)))
            return token;
        _waits--;
        Force(WaitTokens);
        return new TokenId(_forced[_forcedDone++]);
    }

    /// <summary>Whether a token that ends turns only ends the thought here.</summary>
    internal bool Closes(TokenId token) =>
        IsOpen && _format.CodeOf(token) is >= 0 and var code
        && _format.Inside.At([ThoughtFormat.TokenMark, (byte)code]) is ({ Action: ThoughtAction.Close }, _) or (_, true);

    /// <summary>Adds a generated token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="text">Gets its text, thoughts and visible text apart, once no mark can begin with it.</param>
    /// <returns>Whether a stop sequence of the visible text is complete.</returns>
    internal bool Append(TokenId token, GeneratedText text)
    {
        var wasOpen = IsOpen;
        var code = _format.CodeOf(token);
        if (code >= 0)
            Hold([ThoughtFormat.TokenMark, (byte)code]);
        else
            Hold(_format.PieceOf(token)).Replace(ThoughtFormat.TokenMark, NoText); // a byte token that is no text either way
        var hadAnswer = HasAnswer;
        var isStopped = Read(text, isEnd: false);
        if (IsOpen || (wasOpen && !_format.KeepsClose) || (code >= 0 && hadAnswer == HasAnswer))
            ThoughtTokens++;
        return isStopped;
    }

    /// <summary>Adds what was held back; the text is at its end.</summary>
    internal void Finish(GeneratedText text) => Read(text, isEnd: true);

    private bool Read(GeneratedText text, bool isEnd)
    {
        var at = 0;
        var isStopped = false;
        while (at < _count && !isStopped)
        {
            var rest = _held.AsSpan(at, _count - at);
            var patterns = IsOpen ? _format.Inside : _format.Outside;
            if (patterns.IndexOfStart(rest) is var start and not 0)
            {
                var length = start < 0 ? rest.Length : start;
                isStopped = Write(rest[..length], text);
                at += length;
                continue;
            }

            var (found, mayGrow) = patterns.At(rest);
            if (mayGrow && !isEnd)
                break;
            if (found is not null)
            {
                isStopped = Act(found, text);
                at += found.Bytes.Length;
            }
            else if (rest[0] == ThoughtFormat.TokenMark)
            {
                isStopped = Write(_format.TextOf(rest[1]), text); // a mark in an unusual place is shown, never lost
                at += 2;
            }
            else
            {
                isStopped = Write(rest[..1], text);
                at++;
            }
        }

        _held.AsSpan(at, _count - at).CopyTo(_held);
        _count = isStopped ? 0 : _count - at; // what follows a stop sequence is not part of the text
        return isStopped;
    }

    private bool Act(ThoughtPattern found, GeneratedText text)
    {
        if (found.Action == ThoughtAction.Hide)
            return false;

        IsOpen = found.Action == ThoughtAction.Open;
        _isClosing = false;
        _skipsSpace = true;
        return !IsOpen && _format.KeepsClose && Write(found.Bytes, text);
    }

    // White space after a mark is part of the mark.
    private bool Write(ReadOnlySpan<byte> bytes, GeneratedText text)
    {
        var said = bytes.TrimStart(" \n\r\t"u8);
        if (_skipsSpace)
            bytes = said;
        if (bytes.IsEmpty)
            return false;
        _skipsSpace &= said.IsEmpty;
        HasAnswer |= !IsOpen && !said.IsEmpty;
        return text.Append(bytes, IsOpen);
    }

    private Span<byte> Hold(ReadOnlySpan<byte> bytes)
    {
        if (_count + bytes.Length > _held.Length)
            Array.Resize(ref _held, Math.Max(_held.Length * 2, _count + bytes.Length));
        bytes.CopyTo(_held.AsSpan(_count));
        _count += bytes.Length;
        return _held.AsSpan(_count - bytes.Length, bytes.Length);
    }

    private void Force(int[] tokens) => (_forced, _forcedDone) = (tokens, 0);
}
