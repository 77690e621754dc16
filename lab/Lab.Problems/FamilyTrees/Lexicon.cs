namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>In which words an instance is told. The logic is the same in all of them.</summary>
internal enum Lexicon
{
    /// <summary>The usual names of relations and people.</summary>
    Semantic,

    /// <summary>Relations are <c>r1</c>, <c>r2</c>, ...; people keep their names.</summary>
    Symbolic,

    /// <summary>Relations carry each other's names, none its own.</summary>
    Misleading,

    /// <summary>Relations keep their names; people have invented ones.</summary>
    Renamed,
}
