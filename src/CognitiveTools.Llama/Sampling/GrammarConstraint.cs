using System.Text;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Sampling;

/// <summary>
/// A GBNF grammar that is active from the start or from a trigger text on. llama.cpp throws a C++ exception, which would end
/// the process, when it must accept a token that its grammar refuses; so every token is tested before it is accepted,
/// and the trigger is detected here instead of in llama.cpp's lazy grammar.
/// </summary>
internal sealed unsafe class GrammarConstraint : IDisposable
{
    private readonly nint _grammar;
    private readonly byte[] _trigger;
    private readonly LlamaTokenizer _tokenizer;
    private readonly byte[] _tail; // the last bytes of the text, which may be a prefix of the trigger
    private readonly ShownTokens _shown;
    private int _tailLength;
    private readonly bool _bindsAtStart;
    private int _fed; // tokens that the grammar has accepted
    private bool _isWatching;
    private bool _isLost; // a watched token did not fit

    /// <exception cref="ArgumentException">The grammar cannot be parsed, or it refuses its own trigger.</exception>
    internal GrammarConstraint(string grammar, string? trigger, LlamaTokenizer tokenizer, IReadOnlyList<int>? shown = null)
    {
        _tokenizer = tokenizer;
        _shown = new(tokenizer, shown ?? []);
        _trigger = Encoding.UTF8.GetBytes(trigger ?? "");
        _tail = new byte[Math.Max(0, _trigger.Length - 1)];
        _bindsAtStart = IsBinding = _trigger.Length == 0;
        NativeLog.Forget();
        using var _ = tokenizer.Lease();
        fixed (byte* text = NativeRuntime.NullTerminated(grammar), root = "root\0"u8)
            _grammar = NativeMethods.llama_sampler_init_grammar(tokenizer.Vocabulary, text, root);
        if (_grammar == 0)
            throw new ArgumentException(
                $"The GBNF grammar cannot be used.{NativeLog.Errors} See llama.cpp's grammars/README.md; it needs a rule named root.",
                nameof(grammar));
        if (!IsBinding)
        {
            if (!TryFeed(_trigger))
            {
                NativeMethods.llama_sampler_free(_grammar);
                throw new ArgumentException(
                    $"The GBNF grammar refuses its own trigger '{trigger}'. Let the root rule begin with the trigger text.",
                    nameof(trigger));
            }

            Restart(); // this compiles it again
        }

        NativeObjects.Opened();
    }

    /// <summary>Whether the grammar restricts the next token.</summary>
    internal bool IsBinding { get; private set; }

    /// <summary>Gives candidates that the grammar refuses a logit of minus infinity.</summary>
    internal void Filter(TokenDataArray* candidates) => NativeMethods.llama_sampler_apply(_grammar, candidates);

    /// <summary>Accepts a token unless the grammar refuses it; a refused token changes nothing.</summary>
    internal bool TryAccept(TokenId token)
    {
        if (IsBinding)
            return TryAcceptBound(token);
        var piece = _shown.Of(token) is { IsEmpty: false } shown ? shown : _tokenizer.Piece(token);
        var length = _tailLength + piece.Length;
        var text = length <= 512 ? (stackalloc byte[512])[..length] : new byte[length];
        _tail.AsSpan(0, _tailLength).CopyTo(text);
        piece.CopyTo(text[_tailLength..]);
        var start = text.IndexOf(_trigger);
        if (start < 0)
        {
            _tailLength = Math.Min(length, _tail.Length);
            text[^_tailLength..].CopyTo(_tail);
            return true;
        }

        // The token may start before the trigger and end after it: the grammar gets the text from the trigger on.
        IsBinding = TryFeed(text[start..]);
        if (!IsBinding)
            Restart();
        return IsBinding;
    }

    /// <summary>Tells of a token that was chosen without the grammar, because it may be part of a mark or of the text.</summary>
    internal void Watch(TokenId token)
    {
        _isWatching = true;
        if (!_isLost)
            _isLost = !TryAccept(token) && IsBinding;
    }

    /// <summary>Says what the watched tokens were.</summary>
    /// <param name="isText">Whether they are part of the text; otherwise the grammar forgets them.</param>
    internal void EndWatch(bool isText)
    {
        if (_isWatching && (_isLost || !isText))
        {
            Restart();
            (IsBinding, _tailLength) = (_bindsAtStart, 0);
        }

        _isWatching = _isLost = false;
    }

    /// <summary>Begins the grammar anew if it has accepted a token.</summary>
    private void Restart()
    {
        if (_fed > 0)
            NativeMethods.llama_sampler_reset(_grammar);
        _fed = 0;
    }

    public void Dispose()
    {
        NativeMethods.llama_sampler_free(_grammar);
        NativeObjects.Closed();
    }

    private bool TryAcceptBound(TokenId token)
    {
        var candidate = new TokenData { Id = token.Value };
        var candidates = new TokenDataArray { Data = &candidate, Size = 1, Selected = -1 };
        Filter(&candidates);
        if (!float.IsFinite(candidate.Logit))
            return false;
        if (!_tokenizer.IsEndOfTurn(token.Value))
            NativeMethods.llama_sampler_accept(_grammar, token.Value);
        _fed++;
        return true;
    }

    private bool TryFeed(ReadOnlySpan<byte> text)
    {
        var characters = Encoding.UTF8.GetString(text);
        if (characters.Contains('\uFFFD'))
            return false; // an incomplete character cannot be fed as text; another token is chosen
        foreach (var token in _tokenizer.EncodeContinuation(characters))
        {
            if (!TryAcceptBound(new TokenId(token)))
                return false;
        }

        return true;
    }
}
