using System.Collections.Immutable;
using System.Globalization;

namespace CognitiveTools.Chat.Schemas;

/// <summary>
/// Makes the nodes of one schema. Equal contents get one node and equal alternatives of a union fall together; what could be read in
/// too many ways at once is refused here, before llama.cpp sees it, because work in native code cannot be stopped.
/// </summary>
internal sealed class SchemaNodes
{
    /// <summary>Ways in which a text may be read at once. With 1,000 and 32,000 tokens a filtered token takes about 0.1 s.</summary>
    internal const int MostWays = 1000;

    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<(UnionNode Union, string At)> _returning = []; // unions that may lead back to themselves

    /// <summary>Any JSON value.</summary>
    public SchemaNode Any => Rule("value");

    public SchemaNode Rule(string rule) => Get($"rule {rule}", id => new RuleNode(rule)
    {
        Id = id,
        Ways = rule switch
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
        Get(Key($"text {min} {max}"), id => new TextNode(min, max) { Id = id, Ways = new(0, 0, 1, 0) });

    public SchemaNode Whole(long min, long max) =>
        Get(Key($"whole {min} {max}"), id => new WholeNode(min, max) { Id = id, Ways = new(0, 0, 0, 1) });

    public SchemaNode Fixed(IEnumerable<string> texts, string at)
    {
        var sorted = texts.ToImmutableSortedSet(StringComparer.Ordinal);
        return Get($"fixed {string.Join('\n', sorted)}", id => // no JSON text holds a line break
        {
            var ways = Bounded(LiteralTree.Of(sorted).MostBranches, at);
            return new FixedNode(sorted)
            {
                Id = id,
                Ways = new(
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
        Ways = new(0, item.Ways.Total, 0, 0),
        IsEndless = item.IsEndless,
        Open = item.Open,
    });

    public SchemaNode Map(SchemaNode value) => Get(Key($"map {value.Id}"), id => new MapNode(value)
    {
        Id = id,
        Ways = new(value.Ways.Total, 0, 0, 0),
        IsEndless = value.IsEndless,
        Open = value.Open,
    });

    public SchemaNode Object(ImmutableArray<SchemaProperty> properties, string at) =>
        Get($"object {string.Concat(properties.Select(KeyOf))}", id => new ObjectNode(properties)
        {
            Id = id,
            Ways = new(Bounded(properties.Select(p => p.Value.Ways.Total).Append(LongestChoice(properties)).Max(), at), 0, 0, 0),
            IsEndless = properties.Any(p => p.Value.IsEndless),
            Open = OpenOf(properties.Select(p => p.Value)),
        });

    /// <summary>What stands at a place that is still being read.</summary>
    public SchemaNode Reference(string place) =>
        Get($"reference {place}", id => new ReferenceNode(place) { Id = id, Ways = new(1, 1, 1, 1), IsEndless = true, Open = [place] });

    /// <exception cref="NotSupportedException">Its alternatives can be read in too many ways at once.</exception>
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
            var ways = flat.Aggregate(default(Ways), (sum, n) => Sum(sum, n.Ways, at));
            var open = OpenOf(flat);
            var union = new UnionNode([.. flat]) { Id = id, Ways = ways, IsEndless = flat.Exists(n => n.IsEndless), Open = open };
            if (!open.IsEmpty)
                _returning.Add((union, at));
            return union;
        });
    }

    /// <summary>
    /// Refuses unions whose ways double with every level of a text: those that lead back to themselves before one alternative is left.
    /// </summary>
    /// <param name="follow">What stands at a place, now that all are read.</param>
    /// <exception cref="NotSupportedException">There is one; the message names it.</exception>
    public void RequireToldApart(Func<string, SchemaNode> follow)
    {
        foreach (var (union, at) in _returning)
        {
            var alternatives = new HashSet<SchemaNode>();
            Collect(union, follow, alternatives);
            RequireToldApart([.. alternatives.Where(a => a is not (UnionNode or ReferenceNode))], at);
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

    private static void RequireToldApart(List<SchemaNode> alternatives, string at)
    {
        _ = alternatives.Aggregate(default(Ways), (sum, n) => Sum(sum, n.Ways, at));
        for (var i = 0; i < alternatives.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (one, other) = (alternatives[i], alternatives[j]);
                if ((one.IsEndless || other.IsEndless) && one.Ways.Overlaps(other.Ways) && !AreToldApart(one, other))
                {
                    throw SchemaRefusal.At(
                        at,
                        "holds itself in alternatives that begin alike, which doubles the ways to read a text with each level",
                        "Let each alternative begin with a required property of another name or with another fixed value.");
                }
            }
        }
    }

    private static bool AreToldApart(SchemaNode one, SchemaNode other)
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

    // Names from which the next one may be chosen.
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

    private static Ways Sum(Ways left, Ways right, string at)
    {
        var sum = left + right;
        Bounded(sum.Total, at);
        return sum;
    }

    private static int Bounded(int ways, string at) => ways <= MostWays
        ? ways
        : throw SchemaRefusal.At(
            at,
            $"lets a text be read in more than {MostWays} ways at once",
            "Give fewer alternatives or fewer optional properties, or let alternatives begin with what tells them apart.");

    private static string Key(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string KeyOf(SchemaProperty property) =>
        Key($"{property.Name.Length} {property.Name} {property.IsRequired} {property.Value.Id} ");

    private SchemaNode Get(string key, Func<int, SchemaNode> make) =>
        _nodes.TryGetValue(key, out var known) ? known : _nodes[key] = make(_nodes.Count);
}
