using System.Text;
using CognitiveTools.Latents;
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
    private const int MarkedLength = 2; // of a special token among the held bytes

    private readonly ThoughtFormat _format;
    private readonly int _limit;
    private byte[] _held = new byte[Capacity]; // bytes that may begin a mark
    private int _count;
    private int[] _forced = [];
    private int _forcedDone;
    private int _waits;
    private int _markBytes; // of a closing mark that is to be taken back
    private int _again; // bytes of the next tokens that were read before
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

    /// <inheritdoc cref="ThoughtRequest.MustAnswer"/>
    internal bool MustAnswer { get; init; }

    /// <summary>Whether another thought may come before the answer that a grammar binds.</summary>
    internal bool MayThink { get; private set; } = true;

    /// <summary>Whether the text is within a thought.</summary>
    internal bool IsOpen { get; private set; }

    /// <summary>Whether a mark has opened a thought.</summary>
    internal bool HasOpened { get; private set; }

    /// <summary>Whether the tokens of a closing mark must be taken back now (<see cref="TakeBack"/>).</summary>
    internal bool TakesBack => _markBytes > 0;

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

    /// <summary>
    /// Replaces a token that would end the thought by the first token of "Wait", as often as was asked for. Behind a closing mark in
    /// plain text, that mark is to be replaced (<see cref="TakesBack"/>).
    /// </summary>
    internal TokenId Prolong(TokenId token, bool endsTurn)
    {
        if (_waits == 0 || !IsOpen || _isClosing || !(endsTurn || Closes(token)))
            return token;
        if (_count == 0 || _format.Inside.At(_held.AsSpan(0, _count)) is not ({ Action: ThoughtAction.Close }, _))
            return Wait([]);
        (_markBytes, _count) = (_count, 0);
        return token;
    }

    /// <summary>Replaces a token that would end the turn within a thought by the first one that ends the thought.</summary>
    internal TokenId AnswerAt(TokenId token, bool endsTurn)
    {
        if (!MustAnswer || !IsOpen || _isClosing || !endsTurn || Closes(token))
            return token;
        (_isClosing, MayThink) = (true, false);
        Force(Ending);
        return new TokenId(_forced[_forcedDone++]);
    }

    /// <summary>
    /// Puts "Wait" in the place of a closing mark in plain text. A token that has a part of the mark only is taken back, too, and its
    /// other part is written again.
    /// </summary>
    /// <param name="sampled">The generated tokens; those of the mark are removed.</param>
    /// <returns>The first token in their place.</returns>
    internal TokenId TakeBack(List<int> sampled)
    {
        var (count, bytes) = (0, 0);
        while (bytes < _markBytes)
            bytes += LengthOf(sampled[^++count]);
        byte[] kept = [.. _format.PieceOf(new(sampled[^count]))[..(bytes - _markBytes)]];
        // A character that begins in the token before is not cut.
        while (kept is [>= 0x80 and < 0xC0, ..] && count < sampled.Count && _format.CodeOf(new(sampled[^(count + 1)])) < 0)
            kept = [.. _format.PieceOf(new(sampled[^++count])), .. kept];
        sampled.RemoveRange(sampled.Count - count, count);
        _markBytes = 0;
        return Wait(kept);
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
        if (IsOpen || (wasOpen && !KeepsClose) || (code >= 0 && hadAnswer == HasAnswer))
            ThoughtTokens++;
        return isStopped;
    }

    /// <summary>Adds what was held back; the text is at its end.</summary>
    internal void Finish(GeneratedText text) => Read(text, isEnd: true);

    /// <summary>Reads the tokens of a turn that come before the generated ones.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="text">Gets the text of those that are text.</param>
    /// <param name="isEnd">Whether no token follows.</param>
    /// <returns>How many generated ones belong to thoughts.</returns>
    internal int Resume(ReadOnlySpan<TurnToken> tokens, GeneratedText text, bool isEnd = false)
    {
        var unsaid = new GeneratedText([]);
        var (into, thoughts) = (text, 0);
        foreach (var token in tokens)
        {
            var target = token.IsText ? text : unsaid;
            if (target != into)
                Finish(into); // no mark is partly text and partly not
            into = target;
            var before = ThoughtTokens;
            Append(new(token.Token), into);
            thoughts += token.IsGenerated ? ThoughtTokens - before : 0;
        }

        if (isEnd || into != text)
            Finish(into);
        ThoughtTokens = 0;
        return thoughts;
    }

    private bool KeepsClose => _format.KeepsClose && !MustAnswer;

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
            if (found is { Action: ThoughtAction.Close } && _waits > 0 && !_isClosing && !isEnd)
            {
                (_markBytes, at) = (_count - at, _count);
            }
            else if (found is not null)
            {
                isStopped = Act(found, text);
                // The text of a token behind the mark in it was chosen without the grammar.
                at = MustAnswer && found.Action == ThoughtAction.Close ? _count : at + found.Bytes.Length;
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
        HasOpened |= IsOpen;
        _isClosing = false;
        _skipsSpace = true;
        return !IsOpen && KeepsClose && Write(found.Bytes, text);
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
        var again = Math.Min(_again, bytes.Length);
        _again -= again;
        bytes = bytes[again..];
        if (_count + bytes.Length > _held.Length)
            Array.Resize(ref _held, Math.Max(_held.Length * 2, _count + bytes.Length));
        bytes.CopyTo(_held.AsSpan(_count));
        _count += bytes.Length;
        return _held.AsSpan(_count - bytes.Length, bytes.Length);
    }

    private void Force(int[] tokens) => (_forced, _forcedDone) = (tokens, 0);

    private TokenId Wait(ReadOnlySpan<byte> kept)
    {
        _waits--;
        var text = Encoding.UTF8.GetString(kept);
        _again = Encoding.UTF8.GetByteCount(text);
        Force(_format.WaitAfter(text));
        return new TokenId(_forced[_forcedDone++]);
    }

    private int LengthOf(int token) => _format.CodeOf(new(token)) >= 0 ? MarkedLength : _format.PieceOf(new(token)).Length;
}
