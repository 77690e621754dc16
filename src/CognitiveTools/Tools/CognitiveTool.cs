using System.Text.Json;

namespace CognitiveTools.Tools;

/// <summary>
/// A cognitive tool (Ebouky, Bartezzaghi and Rigotti 2025, arXiv 2506.12115): a named prompt that the same model runs in
/// a fresh context on nothing but the arguments of the call. Loaded by <see cref="ToolCatalog"/>.
/// </summary>
/// <param name="Name">What the model writes to call it.</param>
/// <param name="Description">One line for the model and for hosts.</param>
/// <param name="Prompt">Name of the prompt; its placeholders are exactly the parameters.</param>
/// <param name="Parameters">The inputs, in order.</param>
public sealed record CognitiveTool(string Name, string Description, string Prompt, IReadOnlyList<ToolParameter> Parameters)
{
    /// <summary>What the output must hold and must not reveal.</summary>
    public OutputContract Output { get; init; } = OutputContract.None;

    /// <summary>
    /// The language of the program that the tool's output must hold and that is then run, in lower case;
    /// <see langword="null"/> for a tool that runs nothing.
    /// </summary>
    public string? Runs { get; init; }

    /// <summary>What one call may spend.</summary>
    public CallLimits Limits { get; init; } = new();

    /// <summary>The parameters as a JSON schema, made anew at each call.</summary>
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
