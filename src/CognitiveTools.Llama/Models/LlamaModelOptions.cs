using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Llama.Models;

/// <summary>Which model to load, and how.</summary>
public sealed class LlamaModelOptions
{
    /// <summary>Path of the GGUF file, of a split model the first part.</summary>
    [Required(ErrorMessage = "Llama model: Path is empty. Give the path of a GGUF file, or fetch one with `cogtools models get`.")]
    public string? Path { get; set; }

    /// <summary>Folder of the llama.cpp libraries.</summary>
    /// <value><see langword="null"/>: the environment variable, then the folders beside the program.</value>
    public string? NativesDirectory { get; set; }

    /// <summary>Which build of llama.cpp to use.</summary>
    /// <value><see cref="NativeVariant.Auto"/>.</value>
    public NativeVariant Variant { get; set; } = NativeVariant.Auto;

    /// <summary>Whether a GPU build that finds no GPU may run on the CPU instead.</summary>
    /// <value><see langword="false"/>: it is refused.</value>
    public bool AllowCpuFallback { get; set; }

    /// <summary>Layers to place on a GPU; -1 for all. Without a GPU backend this has no effect.</summary>
    /// <value>-1.</value>
    [Range(-1, 10_000)]
    public int GpuLayers { get; set; } = -1;

    /// <summary>Maps the file instead of reading it, so that processes share it and loading is instant.</summary>
    /// <value><see langword="true"/>.</value>
    public bool MemoryMap { get; set; } = true;

    /// <summary>
    /// Chat template: Jinja text, or the name of one of llama.cpp's built-in templates (<c>chatml</c>, <c>llama3</c>, ...).
    /// </summary>
    /// <value><see langword="null"/>: the model's own.</value>
    public string? ChatTemplate { get; set; }

    /// <summary>
    /// Variables that the chat template reads, such as <c>enable_thinking</c>: each value as JSON, or else a text. Those of a request win.
    /// </summary>
    /// <value>None.</value>
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] // the options are sent to a worker as JSON
    public IDictionary<string, string> TemplateVariables { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The local time that chat templates write when they write a date.</summary>
    /// <value><see langword="null"/>: the current time.</value>
    public DateTime? TemplateDate { get; set; }

    /// <summary>
    /// How the model writes its thoughts: the name of a format (<c>think</c>, <c>channels</c>, <c>gemma</c>, <c>mistral</c>, ...), or
    /// <c>until-answer</c> for a model without marks of thoughts, whose text before the line <c>ANSWER:</c> then counts as thought.
    /// </summary>
    /// <value><see langword="null"/>: found in the chat template, else in the vocabulary.</value>
    public string? ThoughtFormat { get; set; }

    /// <summary>Path of a LoRA adapter (GGUF) that is applied to the model.</summary>
    /// <value><see langword="null"/>: no adapter.</value>
    public string? Lora { get; set; }

    /// <summary>Factor of the adapter's effect; 0 is the base model.</summary>
    /// <value>1.</value>
    [Range(-100.0, 100.0)]
    public float LoraScale { get; set; } = 1;

    /// <summary>Values that replace those in the file's metadata.</summary>
    /// <value>None.</value>
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] // the options are sent to a worker as JSON
    public IList<MetadataOverride> Overrides { get; } = [];
}
