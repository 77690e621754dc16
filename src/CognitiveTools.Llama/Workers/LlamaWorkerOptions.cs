using System.ComponentModel.DataAnnotations;

namespace CognitiveTools.Llama.Workers;

/// <summary>The process that runs the engine.</summary>
public sealed class LlamaWorkerOptions : IValidatableObject
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>
    /// Program to start: a path, or a name on the search path. Its <c>Main</c> must begin with
    /// <see cref="LlamaWorkerHost.RunIfAskedAsync"/>, and print nothing before it.
    /// </summary>
    /// <value><see langword="null"/>: start the current executable again as the worker.</value>
    public string? FileName { get; set; }

    /// <summary>Arguments that name the process in process lists. The environment, not they, makes the program serve as a worker.</summary>
    /// <value>The word <c>worker</c>.</value>
    public IReadOnlyList<string> Arguments { get; set; } = ["worker"];

    /// <summary>How long it may take to load the model; above 0 and at most a day.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long the process may take to answer a ping; above 0 and at most a day. A ping is sent while calls wait and nothing has arrived
    /// for a quarter of this time. A process that does not answer is stopped or hung: it is killed, and its calls end as if it had ended
    /// by itself. A long decode does not delay the answer, because another thread gives it.
    /// </summary>
    /// <value>30 seconds.</value>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts per request, when the process ends before the request has produced output.</summary>
    /// <value>2.</value>
    [Range(1, 10)]
    public int Attempts { get; set; } = 2;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, value) in new[] { (nameof(StartTimeout), StartTimeout), (nameof(ResponseTimeout), ResponseTimeout) })
        {
            if (value <= TimeSpan.Zero || value > Longest)
                yield return new($"{name} is {value}; it must be above 0 and at most {Longest.TotalHours:0} hours.", [name]);
        }
    }
}
