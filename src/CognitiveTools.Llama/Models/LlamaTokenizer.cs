using System.Buffers;
using System.Text;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Models;

/// <summary>Text to tokens and back for one model. Thread-safe.</summary>
internal sealed unsafe class LlamaTokenizer : ILatentTokenizer
{
    /// <summary>llama.cpp's greedy matcher, the only one that reads a control token's name in plain text as the token.</summary>
    private const int RwkvVocabulary = 5;

    private const int ControlAttribute = 1 << 3, UserDefinedAttribute = 1 << 4, StripsLeftAttribute = 1 << 7, StripsRightAttribute = 1 << 8;

    /// <summary>Name of a file's chat template for conversations with tools.</summary>
    private const string ToolTemplate = "tool_use";

    private readonly LlamaModel _model;
    private readonly nint _vocabulary;
    private readonly byte[] _pieces;
    private readonly int[] _pieceEnds;
    private readonly bool[] _endsTurn;
    private readonly Lazy<Dictionary<string, int>> _byText;
    private readonly Lazy<SpecialToken[]> _special;
    private readonly Lazy<SearchValues<string>> _controlNames;
    private readonly Lazy<ChatFormat> _chat;
    private readonly Lazy<ChatFormat> _chatWithTools;

    internal LlamaTokenizer(LlamaModel model, LlamaModelOptions options)
    {
        _model = model;
        _vocabulary = NativeMethods.llama_model_get_vocab(model.Handle.Pointer);
        Count = NativeMethods.llama_vocab_n_tokens(_vocabulary);
        AddsBeginning = NativeMethods.llama_vocab_get_add_bos(_vocabulary) != 0;
        var end = NativeMethods.llama_vocab_eos(_vocabulary);
        EndText = end < 0 ? "" : NativeRuntime.Text(NativeMethods.llama_vocab_get_text(_vocabulary, end));
        Beginning = new TokenId(NativeMethods.llama_vocab_bos(_vocabulary));

        // All pieces in one buffer: the decode thread appends a token's bytes to a text without allocating.
        var pieces = new MemoryStream(Count * 6);
        _pieceEnds = new int[Count];
        _endsTurn = new bool[Count];
        for (var token = 0; token < Count; token++)
        {
            pieces.Write(ReadPiece(token, special: false));
            _pieceEnds[token] = (int)pieces.Length;
            _endsTurn[token] = NativeMethods.llama_vocab_is_eog(_vocabulary, token) != 0;
        }

        _pieces = pieces.ToArray();
        _byText = new(IndexByText);
        _special = new(FindSpecial);
        _controlNames = new(() => SearchValues.Create(
            [.. SpecialTokens.Where(static t => t.IsControl).Select(static t => t.Text)], StringComparison.Ordinal));
        // Read now: options may change before the first conversation.
        var begin = Beginning.Value < 0 ? "" : NativeRuntime.Text(NativeMethods.llama_vocab_get_text(_vocabulary, Beginning.Value));
        var facts = new ChatTemplateFacts(
            Path.GetFileName(model.Path), begin, EndText,
            options.TemplateVariables.ToDictionary(static v => v.Key, static v => ChatVariables.Parse(v.Value), StringComparer.Ordinal),
            options.TemplateDate);
        var given = options.ChatTemplate;
        _chat = new(() => new ChatFormat(this, TemplateOf(given, facts)));
        _chatWithTools = new(() => given is not { Length: > 0 } && Template(ToolTemplate) is { Length: > 0 } source
            ? new ChatFormat(this, ChatTemplate.Create(source, isOwn: true, facts))
            : Chat);
    }

    /// <summary>Number of tokens.</summary>
    public int Count { get; }

    /// <summary>Whether a conversation starts with <see cref="Beginning"/>.</summary>
    internal bool AddsBeginning { get; }

    internal TokenId Beginning { get; }

    /// <summary>Text of the token that ends a text; empty when the vocabulary has no such token.</summary>
    internal string EndText { get; }

    internal nint Vocabulary => _vocabulary;

    internal IReadOnlyList<SpecialToken> SpecialTokens => _special.Value;

    /// <inheritdoc/>
    public int[] Encode(string text) => Encode(text, addSpecial: false, parseSpecial: false);

    /// <summary>As llama.cpp tokenises a whole string.</summary>
    /// <param name="text">The text.</param>
    /// <param name="addSpecial">Adds the tokens that begin and end a text, if the model wants them.</param>
    /// <param name="parseSpecial">Reads a control token's text as the token; for trusted text only.</param>
    internal int[] Encode(string text, bool addSpecial, bool parseSpecial)
    {
        ArgumentNullException.ThrowIfNull(text);
        return NativeMethods.llama_vocab_type(_vocabulary) == RwkvVocabulary && !parseSpecial
            ? EncodeCut(text)
            : EncodePlain(text, addSpecial, parseSpecial);
    }

    /// <summary>Splits every control token's name after its first character, so that it stays text.</summary>
    private int[] EncodeCut(string text)
    {
        var tokens = new List<int>();
        var start = 0;
        for (var at = NextName(0); at >= 0; at = NextName(at + 1))
        {
            tokens.AddRange(EncodePlain(text[start..(at + 1)], addSpecial: false, parseSpecial: false));
            start = at + 1;
        }

        tokens.AddRange(EncodePlain(text[start..], addSpecial: false, parseSpecial: false));
        return [.. tokens];

        int NextName(int from) => text.AsSpan(from).IndexOfAny(_controlNames.Value) is >= 0 and var index ? from + index : -1;
    }

    private int[] EncodePlain(string text, bool addSpecial, bool parseSpecial)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length == 0)
            return [];
        using var _ = Lease();
        var tokens = new int[bytes.Length + 2];
        fixed (byte* start = bytes)
        {
            while (true)
            {
                int count;
                fixed (int* buffer = tokens)
                    count = NativeMethods.llama_tokenize(
                        _vocabulary, start, bytes.Length, buffer, tokens.Length, (byte)(addSpecial ? 1 : 0), (byte)(parseSpecial ? 1 : 0));
                if (count >= 0)
                    return tokens[..count];
                tokens = new int[-count];
            }
        }
    }

    /// <summary>Tokens of text that continues another text: without the leading space that some tokenizers add to a text.</summary>
    internal int[] EncodeContinuation(string text)
    {
        const string LineBreak = "\n";
        var prefix = Encode(LineBreak);
        var whole = Encode(LineBreak + text);
        return whole.AsSpan().StartsWith(prefix) ? whole[prefix.Length..] : Encode(text);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The model has no chat template, the template cannot render the conversation or leaves a
    /// message out, or a message holds something that a template cannot take.</exception>
    public int[] EncodeChat(IEnumerable<ChatMessage> messages) => EncodeChat(messages, PromptSettings.None);

    /// <summary>As <see cref="EncodeChat(IEnumerable{ChatMessage})"/>, with what the request gives to the template.</summary>
    internal int[] EncodeChat(IEnumerable<ChatMessage> messages, PromptSettings settings) =>
        _chat.Value.Encode(messages, settings).Tokens;

    /// <summary>The model's chat format.</summary>
    /// <exception cref="NotSupportedException">The model has no usable chat template.</exception>
    internal ChatFormat Chat => _chat.Value;

    /// <summary>
    /// The format of requests with functions: some files have a template of their own for them, which a template that is given replaces.
    /// </summary>
    /// <exception cref="NotSupportedException">The model has no usable chat template.</exception>
    internal ChatFormat ChatWithTools => _chatWithTools.Value;

    /// <inheritdoc/>
    public int? Find(string text) => _byText.Value.TryGetValue(text, out var token) ? token : null;

    /// <inheritdoc/>
    public string Describe(int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Count);
        using var _ = Lease();
        return Encoding.UTF8.GetString(ReadPiece(token, special: true));
    }

    /// <inheritdoc/>
    public bool IsEndOfTurn(int token) => _endsTurn[token];

    /// <summary>Text of tokens; special tokens have no text.</summary>
    public string Decode(IEnumerable<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var bytes = new MemoryStream();
        foreach (var token in tokens)
            bytes.Write(Piece(new TokenId(token)));
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>The token's visible UTF-8 bytes, possibly a part of a character.</summary>
    internal ReadOnlySpan<byte> Piece(TokenId token)
    {
        var start = token.Value == 0 ? 0 : _pieceEnds[token.Value - 1];
        return _pieces.AsSpan(start, _pieceEnds[token.Value] - start);
    }

    internal HandleLease Lease() => new(_model.Handle);

    private ChatTemplate TemplateOf(string? given, ChatTemplateFacts facts)
    {
        if (given is { Length: > 0 })
            return ChatTemplate.Create(given, isOwn: false, facts);
        var template = Template(name: null);
        return template.Length > 0
            ? ChatTemplate.Create(template, isOwn: true, facts)
            : throw new NotSupportedException($"{facts.ModelName} has no chat template. {ChatTemplate.Remedy}");
    }

    private string Template(string? name)
    {
        using var _ = Lease();
        if (name is null)
            return NativeRuntime.Text(NativeMethods.llama_model_chat_template(_model.Handle.Pointer, null));
        fixed (byte* key = NativeRuntime.NullTerminated(name))
            return NativeRuntime.Text(NativeMethods.llama_model_chat_template(_model.Handle.Pointer, key));
    }

    private byte[] ReadPiece(int token, bool special)
    {
        Span<byte> buffer = stackalloc byte[64];
        int length;
        fixed (byte* start = buffer)
            length = NativeMethods.llama_token_to_piece(_vocabulary, token, start, buffer.Length, 0, (byte)(special ? 1 : 0));
        if (length >= 0)
            return buffer[..length].ToArray();
        var larger = new byte[-length];
        fixed (byte* start = larger)
            length = NativeMethods.llama_token_to_piece(_vocabulary, token, start, larger.Length, 0, (byte)(special ? 1 : 0));
        return larger[..length];
    }

    private Dictionary<string, int> IndexByText()
    {
        using var _ = Lease();
        var index = new Dictionary<string, int>(Count, StringComparer.Ordinal);
        for (var token = 0; token < Count; token++)
            index.TryAdd(Encoding.UTF8.GetString(ReadPiece(token, special: true)), token);
        return index;
    }

    // Longest first: the order in which llama.cpp cuts special tokens out of a text.
    private SpecialToken[] FindSpecial()
    {
        using var _ = Lease();
        var found = new List<SpecialToken>();
        for (var token = 0; token < Count; token++)
        {
            var attributes = NativeMethods.llama_vocab_get_attr(_vocabulary, token);
            if ((attributes & (ControlAttribute | UserDefinedAttribute)) == 0)
                continue;
            var text = NativeRuntime.Text(NativeMethods.llama_vocab_get_text(_vocabulary, token));
            if (text.Length > 0)
                found.Add(new(new TokenId(token), text, Has(ControlAttribute), Has(StripsLeftAttribute), Has(StripsRightAttribute)));

            bool Has(int attribute) => (attributes & attribute) != 0;
        }

        return [.. found.OrderByDescending(static t => Encoding.UTF8.GetByteCount(t.Text))];
    }
}
