using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Summaries;

/// <summary>
/// Writes figures as indented JSON: keys in snake_case, null for what cannot be estimated, and the parts of an interval, a test or a
/// difference as members of the object that has it.
/// </summary>
internal static class FigureJson
{
    private static readonly Type[] Inlined = [typeof(Interval), typeof(Interval?), typeof(TestResult), typeof(PairedDifference)];

    public static JsonSerializerOptions Options(JsonSerializerContext types) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new FiniteNumberConverter() },
        TypeInfoResolver = types.WithAddedModifier(Inline),
    };

    public static string Render<T>(T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));

    private static void Inline(JsonTypeInfo type)
    {
        foreach (var outer in type.Properties.Where(property => Inlined.Contains(property.PropertyType)).ToArray())
        {
            var place = type.Properties.IndexOf(outer);
            type.Properties.RemoveAt(place);
            var inner = type.Options.GetTypeInfo(Nullable.GetUnderlyingType(outer.PropertyType) ?? outer.PropertyType);
            foreach (var property in inner.Properties)
                type.Properties.Insert(place++, Through(type, outer, property));
        }
    }

    // Null where the outer value is missing, so numbers are nullable.
    private static JsonPropertyInfo Through(JsonTypeInfo type, JsonPropertyInfo outer, JsonPropertyInfo inner)
    {
        var property = type.CreateJsonPropertyInfo(
            inner.PropertyType == typeof(double) ? typeof(double?) : inner.PropertyType, inner.Name);
        property.Get = owner => outer.Get!(owner) is { } part ? inner.Get!(part) : null;
        return property;
    }
}
