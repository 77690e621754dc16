namespace CognitiveTools.Chat.Schemas;

/// <summary>The exceptions for schemas that are refused.</summary>
internal static class SchemaRefusal
{
    private const int MostShown = 120; // characters of a place or a value

    /// <param name="at">The place, as a JSON pointer.</param>
    /// <param name="what">What is wrong with it.</param>
    /// <param name="remedy">What to do.</param>
    public static NotSupportedException At(string at, string what, string remedy) =>
        new($"The JSON schema at {Short(at)} {what}. {remedy}");

    /// <summary>A text of the schema, shortened when it is long.</summary>
    public static string Short(string text) => text.Length <= MostShown ? text : $"{text[..(MostShown / 2)]}...{text[^(MostShown / 2)..]}";
}
