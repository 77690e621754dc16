using System.Text;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Sampling;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Thoughts;

/// <summary>
/// How one model writes its thoughts: a <see cref="ThoughtStyle"/> found in its chat template, else in its vocabulary, and bound to
/// that vocabulary. A mark's special tokens are recognised by their ids, also when they have no text of their own (control tokens), and
/// its other parts by their text. Thread-safe.
/// </summary>
internal sealed class ThoughtFormat
{
    /// <summary>Begins the two bytes that stand for a special token in a pattern; no byte of UTF-8.</summary>
    internal const byte TokenMark = 0xFF;

    /// <summary>Tokens at the end of a prompt that are searched for a mark.</summary>
    private const int TailTokens = 24;

    private const string Wait = "Wait";

    private readonly LlamaTokenizer _tokenizer;
    private readonly string _modelName;
    private readonly ThoughtStyle _style;
    private readonly Dictionary<int, byte> _codes = [];
    private readonly List<byte[]> _texts = []; // of the codes
    private readonly Lazy<int[]> _ending;

    /// <param name="tokenizer">The model's vocabulary.</param>
    /// <param name="modelName">The file's name, for messages.</param>
    /// <param name="style">The marks.</param>
    /// <param name="template">The chat template; <see langword="null"/> when the style was given.</param>
    internal ThoughtFormat(LlamaTokenizer tokenizer, string modelName, ThoughtStyle style, string? template)
    {
        (_tokenizer, _modelName, _style) = (tokenizer, modelName, style);
        IsInTemplate = template is null || Shows(template, style);
        HasLevels = template is not null && EffortVariables.Any(name => template.Contains(name, StringComparison.Ordinal));
        var closings = style.Closes.Select(close => new ThoughtPattern(PatternOf(close), ThoughtAction.Close));
        Inside = new([.. closings]);
        Outside = new(
        [
            .. style.Opens.Select(open => new ThoughtPattern(PatternOf(open), ThoughtAction.Open)),
            .. style.Hidden.Select(mark => new ThoughtPattern(PatternOf(mark), ThoughtAction.Hide)),
        ]);
        _ending = new(() => tokenizer.Encode(style.Ending, addSpecial: false, parseSpecial: true));
    }

    private static string[] EffortVariables { get; } = ["reasoning_effort", "thinking_effort", "reasoning_strength", "thinking_budget"];

    /// <summary>The style's name.</summary>
    internal string Name => _style.Name;

    /// <summary>Whether the chat template marks thoughts, or the format was given; otherwise only the vocabulary has the marks.</summary>
    internal bool IsInTemplate { get; }

    /// <summary>Whether the chat template has levels of thinking, and not only a switch.</summary>
    internal bool HasLevels { get; }

    /// <summary>Patterns within a thought.</summary>
    internal ThoughtPatterns Inside { get; }

    /// <summary>Patterns outside of thoughts.</summary>
    internal ThoughtPatterns Outside { get; }

    internal bool KeepsClose => _style.KeepsClose;

    /// <summary>The format of a loaded model, by its own options.</summary>
    /// <returns><see langword="null"/> when neither template nor vocabulary has marks of thoughts.</returns>
    /// <exception cref="ArgumentException">The options name a style that does not exist.</exception>
    internal static ThoughtFormat? Of(LlamaModel model) =>
        Of(model.Tokenizer, model.ChatTemplate, Path.GetFileName(model.Path), model.ThoughtFormat);

    /// <summary>The format of a model.</summary>
    /// <param name="tokenizer">Its vocabulary.</param>
    /// <param name="template">Its chat template; <see langword="null"/> when it has none.</param>
    /// <param name="modelName">The file's name, for messages.</param>
    /// <param name="name">A style that is given; <see langword="null"/> to find it.</param>
    /// <returns><see langword="null"/> when neither template nor vocabulary has marks of thoughts.</returns>
    /// <exception cref="ArgumentException">There is no style of this name.</exception>
    internal static ThoughtFormat? Of(LlamaTokenizer tokenizer, string? template, string modelName, string? name)
    {
        if (name is not null)
        {
            var given = ThoughtStyle.Named(name) ?? throw new ArgumentException(ThoughtStyle.Unknown(name), nameof(name));
            return new(tokenizer, modelName, given, template: null);
        }

        var special = tokenizer.SpecialTokens.Select(static token => token.Text).ToHashSet(StringComparer.Ordinal);
        var style = ThoughtStyle.All.FirstOrDefault(style => template is not null && Shows(template, style))
            ?? ThoughtStyle.All.FirstOrDefault(style => special.Contains(style.Opens[0]) && special.Contains(style.Closes[0]));
        return style is null ? null : new(tokenizer, modelName, style, template ?? "");
    }

    /// <summary>Refuses what a model without a thought format cannot do.</summary>
    /// <exception cref="NotSupportedException">Something is asked of its thoughts.</exception>
    internal static void RefuseWithout(ThoughtRequest request, string modelName)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.NeedsFormat)
            throw new NotSupportedException(
                $"{modelName} has no thoughts to control: its chat template has no marks of thoughts. Leave out think, thoughts and wait, "
                + $"use a model that thinks, or name its marks ({ThoughtSettings.FormatOptions}): "
                + $"{string.Join(", ", ThoughtStyle.Names)}.");
    }

    /// <summary>A reader of one generation.</summary>
    /// <param name="prompt">The prompt; a thought may be open at its end.</param>
    /// <param name="request">What is asked.</param>
    /// <exception cref="NotSupportedException">The model cannot do what is asked.</exception>
    internal ThoughtReader NewReader(ReadOnlySpan<int> prompt, ThoughtRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!IsInTemplate)
            RefuseWithout(request, _modelName);
        if (ThoughtSettings.IsLevel(request.Effort) && !HasLevels)
            throw new NotSupportedException(
                $"The chat template of {_modelName} has no levels of thinking. Use think=on, think=off or thoughts=N.");
        return NewReader(_style.BeginsOpen || IsOpenAfter(prompt), request);
    }

    /// <summary>A reader of a continuation; it has read the turn so far once <see cref="ThoughtReader.Resume"/> was called.</summary>
    /// <exception cref="NotSupportedException">The model cannot do what is asked.</exception>
    internal ThoughtReader NewReader(TurnSoFar turn, ThoughtRequest request)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var reader = NewReader(turn.Prompt, request);
        if (reader.IsOpen || turn.Tokens.Length == 0)
            return reader;

        // Behind a closing mark that nothing has opened, all before it was thought: a latent step has opened it.
        var (plain, opened) = (NewReader(isOpen: false, new()), NewReader(isOpen: true, new()));
        plain.Resume(turn.Tokens, new GeneratedText([]));
        opened.Resume(turn.Tokens, new GeneratedText([]));
        return plain.HasOpened || opened.IsOpen ? reader : NewReader(isOpen: true, request);
    }

    /// <summary>The text of a turn, its thoughts apart.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="isEnd">Whether it is complete.</param>
    internal SeparatedText Separate(TurnSoFar turn, bool isEnd)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var text = new GeneratedText([]);
        var thoughts = NewReader(turn, new()).Resume(turn.Tokens, text, isEnd);
        StringBuilder visible = new(), hidden = new();
        while (text.TryTake(isEnd, out var piece))
            (piece.IsThought ? hidden : visible).Append(piece.Text);
        return new(visible.ToString(), hidden.ToString(), thoughts);
    }

    private ThoughtReader NewReader(bool isOpen, ThoughtRequest request)
    {
        // Without thinking, a thought that the template or the model opens all the same is ended at once.
        var limit = request.Effort == ReasoningEffort.None ? 0 : request.Tokens;
        return new(this, isOpen, limit, request.Waits)
        {
            Ending = limit is null && !request.MustAnswer ? [] : _ending.Value,
            MustAnswer = request.MustAnswer,
        };
    }

    /// <summary>Tokens of "Wait" behind a text.</summary>
    internal int[] WaitAfter(string text) => _tokenizer.EncodeContinuation(text + Wait);

    /// <summary>Whether a prompt ends within a thought, as templates leave it that open the thought themselves.</summary>
    internal bool IsOpenAfter(ReadOnlySpan<int> prompt)
    {
        var tail = new List<byte>();
        foreach (var token in prompt[Math.Max(0, prompt.Length - TailTokens)..])
        {
            var code = CodeOf(new(token));
            var piece = code >= 0 ? TextOf((byte)code) : PieceOf(new(token));
            tail.AddRange(piece.IsEmpty ? "\u0001"u8 : piece); // a control token, which a mark does not have
        }

        var text = Encoding.UTF8.GetString([.. tail]).AsSpan().TrimEnd();
        foreach (var open in _style.Opens)
        {
            if (text.EndsWith(open, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>The code of a special token that a mark has; -1 for any other token.</summary>
    internal int CodeOf(TokenId token) => _codes.TryGetValue(token.Value, out var code) ? code : -1;

    /// <summary>The whole text of a special token, by its code.</summary>
    internal ReadOnlySpan<byte> TextOf(byte code) => _texts[code];

    /// <summary>The visible bytes of an ordinary token.</summary>
    internal ReadOnlySpan<byte> PieceOf(TokenId token) => _tokenizer.Piece(token);

    private static bool Shows(string template, ThoughtStyle style) =>
        style.Signs.Any(signs => signs.All(sign => template.Contains(sign, StringComparison.Ordinal)));

    // Special tokens are cut out of a mark as llama.cpp cuts them out of a text, the longest first.
    private byte[] PatternOf(string mark)
    {
        foreach (var special in _tokenizer.SpecialTokens)
        {
            if (mark.IndexOf(special.Text, StringComparison.Ordinal) is >= 0 and var at)
                return [.. PatternOf(mark[..at]), TokenMark, NewCode(special), .. PatternOf(mark[(at + special.Text.Length)..])];
        }

        return Encoding.UTF8.GetBytes(mark);
    }

    private byte NewCode(SpecialToken special)
    {
        if (_codes.TryGetValue(special.Id.Value, out var known))
            return known;
        var code = (byte)_texts.Count;
        _codes.Add(special.Id.Value, code);
        _texts.Add(Encoding.UTF8.GetBytes(special.Text));
        return code;
    }
}
