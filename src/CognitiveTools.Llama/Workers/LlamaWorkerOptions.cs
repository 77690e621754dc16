using System.ComponentModel.DataAnnotations;

namespace CognitiveTools.Llama.Workers;

/// <summary>The process that runs the engine.</summary>
public sealed class LlamaWorkerOptions
{
    /// <summary>
    /// Program to start: a path, or a name on the search path. Its <c>Main</c> must begin with
    /// <see cref="LlamaWorkerHost.RunIfAskedAsync"/>, and print nothing before it.
    /// </summary>
    /// <value><see langword="null"/>: this program once more.</value>
    public string? FileName { get; set; }

    /// <summary>Its arguments. They show what the process is in lists of processes; the program is told by its environment.</summary>
    /// <value>The word <c>worker</c>.</value>
    public IReadOnlyList<string> Arguments { get; set; } = ["worker"];

    /// <summary>How long it may take to load the model.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a request is sent, should the process end before it has given the caller anything.</summary>
    /// <value>2.</value>
    [Range(1, 10)]
    public int Attempts { get; set; } = 2;
}
