namespace CognitiveTools.Hosting;

/// <summary>Settings of a host, bound from the configuration section <c>CognitiveTools</c>.</summary>
public sealed class CognitiveToolsOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "CognitiveTools";

    /// <summary>The embedded prompt profile used where an arm names none.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Profile { get; set; } = "default";

    /// <summary>A folder of prompts to use instead of <see cref="Profile"/>.</summary>
    /// <value>The default is <see langword="null"/>: the embedded profile.</value>
    public string? PromptsFolder { get; set; }

    /// <summary>A folder of tools (<c>*.yaml</c>) to use instead of the embedded ones.</summary>
    /// <value>The default is <see langword="null"/>: the embedded tools.</value>
    public string? ToolsFolder { get; set; }
}
