namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Jinja's undefined value: empty where it is printed or iterated, an error where it is used otherwise.</summary>
internal sealed class TemplateUndefined(string message)
{
    /// <summary>An error wherever it is used at all, for attributes that a sandbox forbids.</summary>
    public bool IsForbidden { get; init; }

    public TemplateException Error() => new(message);
}
