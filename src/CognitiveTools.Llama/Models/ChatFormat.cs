using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Models;

/// <summary>
/// Tokens of a conversation. Special tokens are recognised in the template's own text only; the text between two of
/// them is tokenised as one run, as llama.cpp does with the whole string, so harmless contents give exactly the same
/// tokens and a special token's text inside a content stays text. Role markers that are plain text or user-defined
/// tokens in this vocabulary are cut in contents at a place that changes their tokens, never their text.
/// </summary>
internal sealed partial class ChatFormat
{
    private readonly LlamaTokenizer _tokenizer;
    private readonly ChatTemplate _template;
    private readonly string[] _markers;
    private readonly SearchValues<string> _anyMarker;
    private readonly ConcurrentDictionary<string, int?> _cuts = new(StringComparer.Ordinal);

    /// <exception cref="NotSupportedException">The model has no template, or llama.cpp does not know it.</exception>
    internal ChatFormat(LlamaTokenizer tokenizer, string? template, string modelPath)
    {
        if (template is null)
            throw new NotSupportedException($"{Path.GetFileName(modelPath)} has no chat template. {ChatTemplate.Remedy}");
        _tokenizer = tokenizer;
        _template = new ChatTemplate(template, tokenizer.EndText, modelPath);
        _markers = FindMarkers();
        _anyMarker = SearchValues.Create(_markers, StringComparison.Ordinal);
    }

    internal int[] Encode(IEnumerable<ChatMessage> messages)
    {
        var plain = messages.Select(static m => (m.Role.Value, TextOf(m))).ToArray();
        if (plain.Length == 0)
            throw new ArgumentException("A conversation needs at least one message.", nameof(messages));

        var tokens = new List<int>();
        var run = new StringBuilder();
        var cuts = new List<Range>(); // contents within the run
        var stripNext = false;
        foreach (var part in CutSpecial(_template.Render(plain)))
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
                    text[from..to], [.. cuts.Select(c => Math.Max(c.Start.Value - from, 0)..Math.Min(c.End.Value - from, to - from))],
                    tokens);
            run.Clear();
            cuts.Clear();
            stripNext = false;
        }
    }

    private void EncodeRun(string run, Range[] contents, List<int> tokens)
    {
        var at = 0;
        foreach (var content in contents)
        {
            var from = content.Start.Value;
            while (FindMarker(run, from, content.End.Value) is ({ } marker, var index))
            {
                from = index + 1;
                if (_cuts.GetOrAdd(marker, CutOf) is not { } cut)
                    continue; // one character per token already: there is nothing to cut
                Add(run[at..(index + cut)]);
                at = index + cut;
                from = at;
            }
        }

        Add(run[at..]);

        void Add(string text) => tokens.AddRange(at == 0 ? _tokenizer.Encode(text) : _tokenizer.EncodeContinuation(text));
    }

    private int? CutOf(string marker)
    {
        var whole = _tokenizer.EncodeContinuation(marker);
        for (var distance = 0; distance < marker.Length; distance++)
        {
            var cut = marker.Length / 2 + (distance % 2 == 0 ? distance / 2 : -(distance + 1) / 2);
            if (cut <= 0 || cut >= marker.Length)
                continue;
            int[] parts = [.. _tokenizer.EncodeContinuation(marker[..cut]), .. _tokenizer.EncodeContinuation(marker[cut..])];
            if (!whole.AsSpan().SequenceEqual(parts))
                return cut;
        }

        return null;
    }

    // One pass over the text for all markers together, because a content may consist of markers only.
    private (string? Marker, int Index) FindMarker(string text, int from, int to)
    {
        var index = from < to ? text.AsSpan(from, to - from).IndexOfAny(_anyMarker) : -1;
        if (index < 0)
            return (null, to);
        var at = from + index;
        return (Array.Find(_markers, marker => text.AsSpan(at, to - at).StartsWith(marker, StringComparison.Ordinal)), at);
    }

    private List<Part> CutSpecial(List<ChatSpan> spans)
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

    // Control tokens need no cut: they are not parsed in contents. The other role markers of the template are
    // found by rendering conversations with all roles.
    private string[] FindMarkers()
    {
        var markers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var roles in (string[][])[["user"], ["system", "user"], ["user", "assistant", "user"]])
        {
            foreach (var part in CutSpecial(Sample(roles)))
            {
                if (part.Special is { IsControl: false } special)
                    markers.Add(special.Text);
                else if (part is { Special: null, IsContent: false })
                    markers.UnionWith(Markup().Matches(part.Text).Select(static m => m.Value));
            }
        }

        return [.. markers];
    }

    private List<ChatSpan> Sample(string[] roles)
    {
        try
        {
            return _template.Render([.. roles.Select(static r => (r, "x"))]);
        }
        catch (NotSupportedException) when (roles.Length > 1)
        {
            return []; // a template without system messages; a conversation that has one gets the error itself
        }
    }

    private static string TextOf(ChatMessage message)
    {
        var strange = message.Contents.FirstOrDefault(static c => c is not (TextContent or TextReasoningContent or UsageContent));
        if (strange is not null)
            throw new NotSupportedException(
                $"A local llama model takes text messages only, but a {message.Role} message holds {strange.GetType().Name}. "
                + "Send its content as text.");
        return message.Text;
    }

    [GeneratedRegex(@"<[^\s<>]+>|\[[^\s\[\]]+\]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Markup();

    private sealed record Part(string Text, bool IsContent, SpecialToken? Special);
}
