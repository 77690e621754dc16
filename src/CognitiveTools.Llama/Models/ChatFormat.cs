using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using CognitiveTools.Llama.Templates.Calls;
using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Models;

/// <summary>
/// Tokens of a conversation. Special tokens are recognised in the template's own text only; the text between two of
/// them is tokenised as one run, as llama.cpp does with the whole string, so harmless contents give exactly the same
/// tokens and a special token's text inside a content stays text. Every user-defined token of the vocabulary, and every role marker
/// of the template that is plain text, is cut in contents at a place that changes its tokens, never its text.
/// </summary>
internal sealed partial class ChatFormat
{
    private readonly LlamaTokenizer _tokenizer;
    private readonly ChatTemplate _template;
    private readonly string[] _markers;
    private readonly SearchValues<string> _anyMarker;
    private readonly HashSet<int> _userDefined;
    private readonly Lazy<CallForm> _calls;
    private readonly ConcurrentDictionary<CallSyntax, CallMarks> _marksOfCalls = new();
    private readonly ConcurrentDictionary<string, int?> _cuts = new(StringComparer.Ordinal);

    internal ChatFormat(LlamaTokenizer tokenizer, ChatTemplate template)
    {
        (_tokenizer, _template) = (tokenizer, template);
        _calls = new(() => CallSyntaxFinder.Find(
            template, [.. tokenizer.SpecialTokens.Where(token => tokenizer.IsEndOfTurn(token.Id.Value)).Select(static t => t.Text)]));
        _userDefined = tokenizer.SpecialTokens.Where(static t => IsMark(t)).Select(static t => t.Id.Value).ToHashSet();
        _markers = FindMarkers();
        _anyMarker = SearchValues.Create(_markers, StringComparison.Ordinal);
    }

    /// <summary>What renders the conversation.</summary>
    internal ChatTemplate Template => _template;

    /// <summary>How calls are made with the template.</summary>
    internal CallForm Calls => _calls.Value;

    /// <summary>A form of calls, the template's own or ours, in the vocabulary.</summary>
    internal CallMarks MarksOf(CallSyntax syntax) => _marksOfCalls.GetOrAdd(syntax, s => CallMarks.Of(_tokenizer, _template, s));

    /// <summary>The tokens of a conversation, and a remark for the response when earlier calls became text.</summary>
    internal (int[] Tokens, string? Note) Encode(IEnumerable<ChatMessage> messages, PromptSettings settings)
    {
        var given = messages.ToArray();
        if (given.Length == 0)
            throw new ArgumentException("A conversation needs at least one message.", nameof(messages));
        var (spans, note) = Render(given, settings);
        return (Encode(spans), note);
    }

    /// <summary>Renders a conversation. Earlier calls and results become text when the template would leave one out.</summary>
    /// <returns>The rendered conversation, and a remark for the response when calls became text.</returns>
    /// <exception cref="NotSupportedException">The template cannot render this conversation, or leaves a message out.</exception>
    internal (IReadOnlyList<ChatSpan> Spans, string? Note) Render(IReadOnlyList<ChatMessage> messages, PromptSettings settings)
    {
        var earlier = EarlierCalls.In(messages);
        if (earlier is null)
            return (_template.Render(messages, settings), null);
        NotSupportedException? refusal = null;
        try
        {
            var spans = _template.Render(messages, settings);
            if (earlier.AreAllWritten(marked => string.Concat(_template.Render(marked, settings).Select(static span => span.Text))))
                return (spans, null);
        }
        catch (NotSupportedException e)
        {
            refusal = e;
        }

        try
        {
            return (_template.Render([.. messages.SelectMany(GenericCalls.Plain)], settings), EarlierCalls.Note);
        }
        catch (NotSupportedException) when (refusal is not null)
        {
            throw refusal; // it says what is wrong with the conversation as it was given
        }
    }

    internal int[] Encode(IReadOnlyList<ChatSpan> spans)
    {
        var tokens = new List<int>();
        var run = new StringBuilder();
        var cuts = new List<Range>(); // contents within the run
        var stripNext = false;
        foreach (var part in CutSpecial(spans))
        {
            if (part.Special is { } special)
            {
                Flush(special.StripsLeft);
                tokens.Add(special.Id.Value);
                stripNext = special.StripsRight;
            }
            else
            {
                var start = run.Length;
                run.Append(part.Text);
                if (part.IsContent)
                    cuts.Add(start..run.Length);
            }
        }

        Flush(stripEnd: false);
        if (_tokenizer.AddsBeginning && (tokens.Count == 0 || tokens[0] != _tokenizer.Beginning.Value))
            tokens.Insert(0, _tokenizer.Beginning.Value);
        return [.. tokens];

        void Flush(bool stripEnd)
        {
            var text = run.ToString();
            var (from, to) = (0, text.Length);
            while (stripNext && from < to && char.IsWhiteSpace(text[from]))
                from++;
            while (stripEnd && to > from && char.IsWhiteSpace(text[to - 1]))
                to--;
            if (to > from)
                EncodeRun(
                    text[from..to], [.. cuts.Select(c => (Math.Max(c.Start.Value - from, 0), Math.Min(c.End.Value - from, to - from)))],
                    tokens);
            run.Clear();
            cuts.Clear();
            stripNext = false;
        }
    }

    private void EncodeRun(string run, (int Start, int End)[] contents, List<int> tokens)
    {
        var at = 0;
        var content = 0;
        for (var from = 0; contents.Length > 0 && FindMarker(run, from) is ({ } marker, var index);)
        {
            from = index + 1;
            while (content < contents.Length && contents[content].End <= index)
                content++;
            if (content == contents.Length)
                break;
            // A marker of the template's own is left alone, one that the conversation has a part in is not.
            if (contents[content].Start >= index + marker.Length)
                continue;
            if (_cuts.GetOrAdd(marker, CutOf) is not { } cut)
                continue; // one character per token already: there is nothing to cut
            Add(run[at..(index + cut)]);
            at = index + cut;
            from = at;
        }

        Add(run[at..]);

        void Add(string text) => tokens.AddRange(at == 0 ? _tokenizer.Encode(text) : _tokenizer.EncodeContinuation(text));
    }

    private int? CutOf(string marker)
    {
        var whole = _tokenizer.EncodeContinuation(marker);
        int? second = null;
        for (var distance = 0; distance < marker.Length; distance++)
        {
            var cut = marker.Length / 2 + (distance % 2 == 0 ? distance / 2 : -(distance + 1) / 2);
            if (cut <= 0 || cut >= marker.Length)
                continue;
            if (char.IsLowSurrogate(marker[cut]))
                continue;
            int[] parts = [.. _tokenizer.EncodeContinuation(marker[..cut]), .. _tokenizer.EncodeContinuation(marker[cut..])];
            if (whole.AsSpan().SequenceEqual(parts))
                continue;
            if (!parts.Any(_userDefined.Contains))
                return cut;
            second ??= cut; // a part is a marker, too
        }

        return second;
    }

    // One pass over the text for all markers together, because a content may consist of markers only.
    private (string? Marker, int Index) FindMarker(string text, int from)
    {
        var index = from < text.Length ? text.AsSpan(from).IndexOfAny(_anyMarker) : -1;
        if (index < 0)
            return (null, text.Length);
        var at = from + index;
        return (Array.Find(_markers, marker => text.AsSpan(at).StartsWith(marker, StringComparison.Ordinal)), at);
    }

    private List<Part> CutSpecial(IReadOnlyList<ChatSpan> spans)
    {
        // Separators repeat from message to message, so each is cut once.
        var known = new Dictionary<string, List<Part>>(StringComparer.Ordinal);
        var parts = new List<Part>(spans.Count);
        foreach (var span in spans)
        {
            if (span.IsContent)
            {
                parts.Add(new(span.Text, IsContent: true, null));
                continue;
            }

            if (!known.TryGetValue(span.Text, out var cut))
                known[span.Text] = cut = CutSpecial(span.Text);
            parts.AddRange(cut);
        }

        return parts;
    }

    private List<Part> CutSpecial(string text)
    {
        List<Part> parts = [new(text, IsContent: false, null)];
        foreach (var special in _tokenizer.SpecialTokens)
        {
            for (var i = 0; i < parts.Count; i++)
            {
                var part = parts[i];
                if (part.Special is not null)
                    continue;
                var index = part.Text.IndexOf(special.Text, StringComparison.Ordinal);
                if (index < 0)
                    continue;
                parts[i] = part with { Text = part.Text[..index] };
                parts.Insert(i + 1, new("", IsContent: false, special));
                parts.Insert(i + 2, part with { Text = part.Text[(index + special.Text.Length)..] });
                i++; // continue with the text to the right
            }
        }

        return parts;
    }

    // Control tokens need no cut: they are not parsed in contents. Role markers that are plain text are found by rendering conversations
    // with all roles. Longest first, so that a marker is not mistaken for one that it begins with.
    private string[] FindMarkers()
    {
        var markers = _tokenizer.SpecialTokens.Where(IsMark).Select(static t => t.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var roles in (string[][])[["user"], ["system", "user"], ["user", "assistant", "user"]])
        {
            foreach (var part in CutSpecial(Sample(roles)))
            {
                if (part is { Special: null, IsContent: false })
                    markers.UnionWith(Markup().Matches(part.Text).Select(static m => m.Value));
            }
        }

        return [.. markers.OrderByDescending(static m => m.Length)];
    }

    // Some vocabularies have runs of white space as user-defined tokens; those mark nothing.
    private static bool IsMark(SpecialToken token) =>
        !token.IsControl && token.Text.Any(static c => !char.IsWhiteSpace(c) && c != '\u2581');

    private IReadOnlyList<ChatSpan> Sample(string[] roles)
    {
        try
        {
            return _template.Render([.. roles.Select(static r => new ChatMessage(new(r), "x"))], PromptSettings.None);
        }
        catch (NotSupportedException)
        {
            return []; // a template without such conversations; a conversation of this kind gets the error itself
        }
    }

    [GeneratedRegex(@"<[^\s<>]+>|\[[^\s\[\]]+\]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Markup();

    private sealed record Part(string Text, bool IsContent, SpecialToken? Special);
}
