using System.ComponentModel.DataAnnotations;

namespace CognitiveTools.Llama.Workers;

/// <summary>The process that runs the engine.</summary>
public sealed class LlamaWorkerOptions
{
    /// <summary>Program to start; it must call <see cref="LlamaWorkerHost.RunAsync"/> on its standard input and output.</summary>
    /// <value><see langword="null"/>: this program once more.</value>
    public string? FileName { get; set; }

    /// <summary>Its arguments.</summary>
    /// <value>The command <c>worker</c>, which cogtools has.</value>
    public IReadOnlyList<string> Arguments { get; set; } = ["worker"];

    /// <summary>How long it may take to load the model.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a request is sent, should the process end before it has given the caller anything.</summary>
    /// <value>2.</value>
    [Range(1, 10)]
    public int Attempts { get; set; } = 2;
}
