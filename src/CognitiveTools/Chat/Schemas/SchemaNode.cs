using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace CognitiveTools.Chat.Schemas;

/// <summary>
/// What a schema allows at one place. Immutable; made by <see cref="SchemaNodes"/>,
/// which shares equal nodes, so that nodes are compared by reference.
/// </summary>
internal abstract class SchemaNode
{
    /// <summary>Identifies the node in the keys of other nodes.</summary>
    public int Id { get; init; }

    /// <summary>How many parses of one text can be open at once.</summary>
    public ParallelParses Parses { get; init; }

    /// <summary>Whether its texts nest without limit.</summary>
    public bool IsEndless { get; init; }

    /// <summary>References within it to places that contain it; through these the node is recursive.</summary>
    public ImmutableHashSet<string> Open { get; init; } = [];
}

/// <summary>One of JSON's own rules (<see cref="JsonGrammarRules"/>).</summary>
internal sealed class RuleNode(string rule) : SchemaNode
{
    public string Rule => rule;
}

/// <summary>A string of bounded length, in characters.</summary>
internal sealed class TextNode(int min, int? max) : SchemaNode
{
    public int Min => min;

    public int? Max => max;
}

/// <summary>A whole number from a range, both ends included.</summary>
internal sealed class WholeNode(long min, long max) : SchemaNode
{
    public long Min => min;

    public long Max => max;
}

/// <summary>One of some JSON texts, in ordinal order.</summary>
internal sealed class FixedNode(ImmutableSortedSet<string> texts) : SchemaNode
{
    public ImmutableSortedSet<string> Texts => texts;
}

/// <summary>An array.</summary>
internal sealed class ListNode(SchemaNode item, int min, int? max) : SchemaNode
{
    public SchemaNode Item => item;

    public int Min => min;

    public int? Max => max;
}

/// <summary>An object with any names and values of one kind.</summary>
internal sealed class MapNode(SchemaNode value) : SchemaNode
{
    public SchemaNode Value => value;
}

/// <summary>An object with the properties of its schema, in that order.</summary>
internal sealed class ObjectNode(ImmutableArray<SchemaProperty> properties) : SchemaNode
{
    public ImmutableArray<SchemaProperty> Properties => properties;
}

/// <summary>One of several alternatives; none of them is a union, and at most one has fixed texts.</summary>
internal sealed class UnionNode(ImmutableArray<SchemaNode> alternatives) : SchemaNode
{
    public ImmutableArray<SchemaNode> Alternatives => alternatives;
}

/// <summary>The node at a place of the schema that contains this reference.</summary>
internal sealed class ReferenceNode(string place) : SchemaNode
{
    public string Place => place;
}

/// <summary>A property of an object.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SchemaProperty(string Name, bool IsRequired, SchemaNode Value);
