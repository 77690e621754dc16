using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace CognitiveTools.Chat.Schemas;

/// <summary>
/// A prefix tree of texts, so that a grammar reads a text in one way instead of one way per
/// text. Equal subtrees are shared, and characters followed by equal subtrees form one branch.
/// </summary>
/// <param name="Prefix">The common beginning of the texts.</param>
/// <param name="Branches">What may follow; empty at the end of the text.</param>
internal sealed record LiteralTree(string Prefix, ImmutableArray<LiteralTree.Branch> Branches)
{
    /// <param name="Characters">One of these comes first; when empty, the text ends here.</param>
    /// <param name="Tail">The texts after the character.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Branch(ImmutableArray<Rune> Characters, LiteralTree Tail);

    /// <summary>The largest number of branches at one place.</summary>
    public int MostBranches { get; private init; } = 1;

    private int Id { get; init; }

    /// <param name="texts">At least one text.</param>
    public static LiteralTree Of(ImmutableSortedSet<string> texts) => new Builder([.. texts]).Build(0, texts.Count, 0);

    private sealed class Builder(string[] texts)
    {
        private readonly Dictionary<string, LiteralTree> _trees = new(StringComparer.Ordinal);

        // Texts from..to share their first `at` characters and are in ordinal order, so equal beginnings are adjacent.
        public LiteralTree Build(int from, int to, int at)
        {
            if (to - from == 1)
                return Get(texts[from][at..], []);
            var first = texts[from].AsSpan(at);
            var common = first.CommonPrefixLength(texts[to - 1].AsSpan(at));
            if (common > 0 && char.IsHighSurrogate(first[common - 1]))
                common--;
            var prefix = first[..common].ToString();
            at += common;
            var tails = new List<(List<Rune> Characters, LiteralTree Tail)>();
            if (texts[from].Length == at)
            {
                tails.Add(([], Get("", [])));
                from++;
            }

            var places = new Dictionary<int, int>();
            while (from < to)
            {
                var character = Rune.GetRuneAt(texts[from], at);
                var end = from + 1;
                while (end < to && Rune.GetRuneAt(texts[end], at) == character)
                    end++;
                var tail = Build(from, end, at + character.Utf16SequenceLength);
                if (places.TryAdd(tail.Id, tails.Count))
                    tails.Add(([], tail));
                tails[places[tail.Id]].Characters.Add(character);
                from = end;
            }

            return Get(prefix, [.. tails.Select(t => new Branch([.. t.Characters], t.Tail))]);
        }

        private LiteralTree Get(string prefix, ImmutableArray<Branch> branches)
        {
            var key = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{prefix.Length} {prefix}");
            foreach (var branch in branches)
            {
                var characters = string.Concat(branch.Characters);
                key.Append(CultureInfo.InvariantCulture, $" {branch.Characters.Length} {characters} {branch.Tail.Id}");
            }

            var name = key.ToString();
            if (_trees.TryGetValue(name, out var known))
                return known;
            return _trees[name] = new(prefix, branches)
            {
                Id = _trees.Count,
                MostBranches = branches.IsEmpty ? 1 : Math.Max(branches.Length, branches.Max(b => b.Tail.MostBranches)),
            };
        }
    }
}
