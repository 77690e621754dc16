using System.Text.Json;

namespace CognitiveTools.Tools;

/// <summary>
/// A cognitive tool (Ebouky, Bartezzaghi and Rigotti 2025, arXiv 2506.12115): a named prompt that the same model runs in a fresh
/// context with only the arguments of the call. Loaded by <see cref="ToolCatalog"/>.
/// </summary>
/// <param name="Name">The name that the model calls it by.</param>
/// <param name="Description">One line for the model and for hosts.</param>
/// <param name="Prompt">Name of the prompt; its placeholders are exactly the parameters.</param>
/// <param name="Parameters">The inputs, in order.</param>
public sealed record CognitiveTool(string Name, string Description, string Prompt, IReadOnlyList<ToolParameter> Parameters)
{
    /// <summary>Requirements on the output.</summary>
    internal OutputContract Output { get; init; } = OutputContract.None;

    /// <summary>
    /// The language, in lower case, of the program in the tool's output that
    /// is then run; <see langword="null"/> for a tool without programs.
    /// </summary>
    public string? Runs { get; init; }

    /// <summary>The limits of one call.</summary>
    internal CallLimits Limits { get; init; } = new();

    /// <summary>The parameters as a JSON schema; a new one at each access.</summary>
    public JsonElement Schema => SchemaOf(Parameters);

    /// <summary>The parameter of that name, or <see langword="null"/>.</summary>
    public ToolParameter? Parameter(string name) => Parameters.FirstOrDefault(p => p.Name.Equals(name, StringComparison.Ordinal));

    /// <summary>The schema of some of the parameters.</summary>
    internal static JsonElement SchemaOf(IEnumerable<ToolParameter> parameters)
    {
        var shown = parameters.ToList();
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            foreach (var parameter in shown)
            {
                json.WriteStartObject(parameter.Name);
                json.WriteString("type", parameter.Type);
                json.WriteString("description", parameter.Description);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteStartArray("required");
            foreach (var parameter in shown.Where(p => p.IsRequired))
                json.WriteStringValue(parameter.Name);
            json.WriteEndArray();
            json.WriteBoolean("additionalProperties", value: false);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }
}
