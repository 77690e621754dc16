using System.Collections.Immutable;
using System.Globalization;

namespace CognitiveTools.Chat.Schemas;

/// <summary>
/// Makes the nodes of one schema. Equal nodes are shared, and equal alternatives of a union are merged. A schema with too many
/// parallel parses is refused here, because llama.cpp's native code cannot be interrupted.
/// </summary>
internal sealed class SchemaNodes
{
    /// <summary>Parses that llama.cpp may have to keep at once. With 1,000 and 32,000 tokens a filtered token takes about 0.1 s.</summary>
    internal const int MostParses = 1000;

    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<(UnionNode Union, string At)> _returning = []; // recursive unions

    /// <summary>Any JSON value.</summary>
    public SchemaNode Any => Rule("value");

    public SchemaNode Rule(string rule) => Get($"rule {rule}", id => new RuleNode(rule)
    {
        Id = id,
        Parses = rule switch
        {
            "value" => new(1, 1, 1, 1),
            "object" => new(1, 0, 0, 0),
            "array" => new(0, 1, 0, 0),
            "string" => new(0, 0, 1, 0),
            _ => new(0, 0, 0, 1),
        },
        IsEndless = rule is "value" or "object" or "array",
    });

    public SchemaNode Text(int min, int? max) =>
        Get(Key($"text {min} {max}"), id => new TextNode(min, max) { Id = id, Parses = new(0, 0, 1, 0) });

    public SchemaNode Whole(long min, long max) =>
        Get(Key($"whole {min} {max}"), id => new WholeNode(min, max) { Id = id, Parses = new(0, 0, 0, 1) });

    public SchemaNode Fixed(IEnumerable<string> texts, string at)
    {
        var sorted = texts.ToImmutableSortedSet(StringComparer.Ordinal);
        return Get($"fixed {string.Join('\n', sorted)}", id => // no JSON text holds a line break
        {
            var ways = Bounded(LiteralTree.Of(sorted).MostBranches, at);
            return new FixedNode(sorted)
            {
                Id = id,
                Parses = new(
                    sorted.Any(t => t[0] == '{') ? ways : 0,
                    sorted.Any(t => t[0] == '[') ? ways : 0,
                    sorted.Any(t => t[0] == '"') ? ways : 0,
                    sorted.Any(t => t[0] is not ('{' or '[' or '"')) ? ways : 0),
            };
        });
    }

    public SchemaNode List(SchemaNode item, int min, int? max) => Get(Key($"list {item.Id} {min} {max}"), id => new ListNode(item, min, max)
    {
        Id = id,
        Parses = new(0, item.Parses.Total, 0, 0),
        IsEndless = item.IsEndless,
        Open = item.Open,
    });

    public SchemaNode Map(SchemaNode value) => Get(Key($"map {value.Id}"), id => new MapNode(value)
    {
        Id = id,
        Parses = new(value.Parses.Total, 0, 0, 0),
        IsEndless = value.IsEndless,
        Open = value.Open,
    });

    public SchemaNode Object(ImmutableArray<SchemaProperty> properties, string at) =>
        Get($"object {string.Concat(properties.Select(KeyOf))}", id => new ObjectNode(properties)
        {
            Id = id,
            Parses = new(Bounded(properties.Select(p => p.Value.Parses.Total).Append(LongestChoice(properties)).Max(), at), 0, 0, 0),
            IsEndless = properties.Any(p => p.Value.IsEndless),
            Open = OpenOf(properties.Select(p => p.Value)),
        });

    /// <summary>A reference to a place that is still being read.</summary>
    public SchemaNode Reference(string place) =>
        Get($"reference {place}", id => new ReferenceNode(place) { Id = id, Parses = new(1, 1, 1, 1), IsEndless = true, Open = [place] });

    /// <exception cref="NotSupportedException">Its alternatives have too many parallel parses.</exception>
    public SchemaNode Union(IEnumerable<SchemaNode> alternatives, string at)
    {
        var flat = alternatives.SelectMany(a => a is UnionNode union ? union.Alternatives : (IEnumerable<SchemaNode>)[a])
            .Distinct().ToList();
        if (flat.Contains(Any))
            return Any;
        if (flat.OfType<FixedNode>().ToList() is { Count: > 1 } texts)
        {
            flat.RemoveAll(n => n is FixedNode);
            flat.Add(Fixed(texts.SelectMany(t => t.Texts), at));
        }

        if (flat is [{ } only])
            return only;
        return Get($"union {string.Join(' ', flat.Select(n => Key($"{n.Id}")))}", id =>
        {
            var ways = flat.Aggregate(default(ParallelParses), (sum, n) => Sum(sum, n.Parses, at));
            var open = OpenOf(flat);
            var union = new UnionNode([.. flat]) { Id = id, Parses = ways, IsEndless = flat.Exists(n => n.IsEndless), Open = open };
            if (!open.IsEmpty)
                _returning.Add((union, at));
            return union;
        });
    }

    /// <summary>
    /// Refuses unions whose parallel parses double with every level of a text: recursive ones whose alternatives begin alike.
    /// </summary>
    /// <param name="follow">Resolves a place, now that all are read.</param>
    /// <exception cref="NotSupportedException">The schema has such a union; the message names its place.</exception>
    public void RequireDistinguishable(Func<string, SchemaNode> follow)
    {
        foreach (var (union, at) in _returning)
        {
            var alternatives = new HashSet<SchemaNode>();
            Collect(union, follow, alternatives);
            RequireDistinguishable([.. alternatives.Where(a => a is not (UnionNode or ReferenceNode))], at);
        }
    }

    private static void Collect(SchemaNode node, Func<string, SchemaNode> follow, HashSet<SchemaNode> found)
    {
        if (!found.Add(node))
            return;
        if (node is ReferenceNode reference)
            Collect(follow(reference.Place), follow, found);
        foreach (var alternative in node is UnionNode union ? union.Alternatives : [])
            Collect(alternative, follow, found);
    }

    private static void RequireDistinguishable(List<SchemaNode> alternatives, string at)
    {
        _ = alternatives.Aggregate(default(ParallelParses), (sum, n) => Sum(sum, n.Parses, at));
        for (var i = 0; i < alternatives.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (one, other) = (alternatives[i], alternatives[j]);
                if ((one.IsEndless || other.IsEndless) && one.Parses.Overlaps(other.Parses) && !AreDistinguishable(one, other))
                {
                    throw SchemaRefusal.At(
                        at,
                        "holds itself in alternatives that begin alike, which doubles the number of parses with each level of a text",
                        "Let each alternative begin with a required property of another name or with another fixed value.");
                }
            }
        }
    }

    private static bool AreDistinguishable(SchemaNode one, SchemaNode other)
    {
        if (one is not ObjectNode { Properties: var left } || other is not ObjectNode { Properties: var right })
            return false;
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var (a, b) = (left[i], right[i]);
            if (!a.IsRequired || !b.IsRequired)
                return false;
            if (a.Name != b.Name || AreApart(a.Value, b.Value))
                return true;
            if (a.Value.IsEndless || b.Value.IsEndless)
                return false;
        }

        return false;
    }

    private static bool AreApart(SchemaNode one, SchemaNode other) =>
        one is FixedNode { Texts: var texts } && other is FixedNode { Texts: var others } && !texts.Overlaps(others);

    // The most property names that may come next at one place.
    private static int LongestChoice(ImmutableArray<SchemaProperty> properties)
    {
        var (longest, run) = (1, 1);
        foreach (var property in properties)
        {
            run = property.IsRequired ? 1 : run + 1;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static ImmutableHashSet<string> OpenOf(IEnumerable<SchemaNode> nodes)
    {
        ImmutableHashSet<string> open = [];
        foreach (var node in nodes)
            open = open.Union(node.Open);
        return open;
    }

    private static ParallelParses Sum(ParallelParses left, ParallelParses right, string at)
    {
        var sum = left + right;
        Bounded(sum.Total, at);
        return sum;
    }

    private static int Bounded(int ways, string at) => ways <= MostParses
        ? ways
        : throw SchemaRefusal.At(
            at,
            $"lets a text be read in more than {MostParses} ways at once",
            "Give fewer alternatives or fewer optional properties, or let alternatives begin with different values.");

    private static string Key(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string KeyOf(SchemaProperty property) =>
        Key($"{property.Name.Length} {property.Name} {property.IsRequired} {property.Value.Id} ");

    private SchemaNode Get(string key, Func<int, SchemaNode> make) =>
        _nodes.TryGetValue(key, out var known) ? known : _nodes[key] = make(_nodes.Count);
}
