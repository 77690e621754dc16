using System.Globalization;

namespace CognitiveTools.Tools;

/// <summary>An input of a tool. The tool's prompt gets it as text, whatever its type.</summary>
/// <param name="Name">The name: lower-case letters, digits and underscores.</param>
/// <param name="Description">One line for the model and for hosts.</param>
public sealed record ToolParameter(string Name, string Description)
{
    /// <summary>The JSON schema type: <c>string</c>, <c>integer</c>, <c>number</c> or <c>boolean</c>.</summary>
    /// <value>The default is <c>string</c>.</value>
    public string Type { get; init; } = "string";

    /// <summary>The value when the model omits the parameter; <see langword="null"/> makes it required.</summary>
    public string? Default { get; init; }

    /// <summary>Whether the host may supply the original question here.</summary>
    public bool IsQuestion { get; init; }

    /// <summary>Whether a call without it is refused.</summary>
    public bool IsRequired => Default is null;

    /// <summary>Whether a text is a value of this parameter's type.</summary>
    internal bool Accepts(string text) => Type switch
    {
        "integer" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "number" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        "boolean" => text is "true" or "false" or "True" or "False",
        _ => true,
    };
}
