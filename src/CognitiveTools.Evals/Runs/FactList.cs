using System.Text.Json;
using CognitiveTools.Identity;

namespace CognitiveTools.Evals.Runs;

/// <summary>Writes facts flat, as names and texts: a name is the path to a value, for instance <c>models changes 0 value</c>.</summary>
internal static class FactList
{
    public static IReadOnlyDictionary<string, string> Of(ReasonerIdentity reasoner) =>
        Of(JsonSerializer.SerializeToElement(reasoner, RunFormat.Line<ReasonerIdentity>()));

    /// <summary>The facts of a run for people: of each different reasoner, named by its arms where there are several.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(RunHeader header)
    {
        if (header.Facts is not { } facts)
            return (header.Model ?? SortedFacts.None).Select(fact => KeyValuePair.Create("model: " + fact.Key, fact.Value));
        var reasoners = facts.Reasoners.Index().SelectMany(item => Of(item.Item).Select(fact => KeyValuePair.Create(
            facts.Reasoners.Count == 1 ? fact.Key : $"{ArmsOf(item.Index)}: {fact.Key}", fact.Value)));
        return reasoners.Concat(facts.Given);

        string ArmsOf(int reasoner) => string.Join(", ", facts.Arms.Where(arm => arm.Value == reasoner).Select(arm => arm.Key));
    }

    /// <summary>Every value of a JSON object by its path, in the order of the object.</summary>
    public static IReadOnlyDictionary<string, string> Of(JsonElement facts)
    {
        var list = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        Add(list, "", facts);
        return list;
    }

    private static void Add(OrderedDictionary<string, string> list, string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                    Add(list, Join(path, property.Name), property.Value);
                break;
            case JsonValueKind.Array when value.GetArrayLength() == 1:
                Add(list, path, value[0]); // one model is "models sha256", not "models 0 sha256"
                break;
            case JsonValueKind.Array:
                foreach (var (place, item) in value.EnumerateArray().Index())
                    Add(list, FormattableString.Invariant($"{path} {place}"), item);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                list[path] = value.GetBoolean() ? "yes" : "no";
                break;
            default:
                list[path] = value.ToString();
                break;
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path} {name}";
}
