using CognitiveTools.Chat;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Reasoners;

/// <summary>
/// The sampling that a reasoner's settings ask for. What is <see langword="null"/> is left out of the requests: a local model then
/// samples as its file recommends, and a server uses its own default.
/// </summary>
internal sealed record SamplingSettings
{
    private const string NoTemperature = "none";
    private const float MostTemperature = 100;

    /// <summary>Only what the solve asks for; without a solve, nothing.</summary>
    public static SamplingSettings None { get; } = new();

    /// <summary>The settings that <see cref="Read"/> reads.</summary>
    public static IReadOnlyList<ReasonerSetting> Known { get; } =
    [
        new("temperature", "the solve's", "sampling temperature; 0 is greedy, none leaves it to the model"),
        new("topp", "the model's", "share of the probability kept; 1 keeps all"),
        new("topk", "the model's", "most probable tokens kept; 0 keeps all"),
        new("minp", "the model's", "tokens below this share of the top token's probability are dropped; 0 drops none"),
        new("presence", "the model's", "subtracted from the logit of a token that the answer holds already"),
    ];

    /// <summary>Whether <see cref="Temperature"/> replaces the solve's, also when it is <see langword="null"/>.</summary>
    public bool ReplacesTemperature { get; init; }

    /// <summary>Sampling temperature; 0 is greedy.</summary>
    public float? Temperature { get; init; }

    /// <summary>Whether nobody asked for the temperature (<see cref="ChatOptionKeys.TemperatureIsDefault"/>).</summary>
    public bool TemperatureIsDefault { get; init; }

    /// <summary>Share of the probability kept.</summary>
    public float? TopP { get; init; }

    /// <summary>Most probable tokens kept.</summary>
    public int? TopK { get; init; }

    /// <summary>Least share of the top token's probability.</summary>
    public float? MinP { get; init; }

    /// <summary>Presence penalty.</summary>
    public float? Presence { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public static SamplingSettings Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var isGiven = settings.Has("temperature");
        return new SamplingSettings
        {
            ReplacesTemperature = isGiven,
            Temperature = isGiven && settings.Text("temperature", "") != NoTemperature
                ? settings.OptionalSingle("temperature", 0, MostTemperature, $", or {NoTemperature}")
                : null,
            TopP = settings.OptionalSingle("topp", 0, 1),
            TopK = settings.Has("topk") ? settings.Int32("topk", 0, 0, 1_000_000) : null,
            MinP = settings.OptionalSingle("minp", 0, 1),
            Presence = settings.OptionalSingle("presence", -2, 2),
        };
    }

    /// <summary>The sampling of a solve's requests: its temperature, unless the settings replace it.</summary>
    public SamplingSettings For(SolveOptions solve)
    {
        ArgumentNullException.ThrowIfNull(solve);
        return ReplacesTemperature
            ? this
            : this with { Temperature = solve.Temperature, TemperatureIsDefault = solve.TemperatureIsDefault };
    }

    /// <summary>Writes the sampling into the options of a request.</summary>
    public void Apply(ChatOptions request)
    {
        ArgumentNullException.ThrowIfNull(request);
        (request.Temperature, request.TopP, request.TopK, request.PresencePenalty) = (Temperature, TopP, TopK, Presence);
        if (MinP is { } least)
            (request.AdditionalProperties ??= [])[ChatOptionKeys.MinP] = least;
        if (TemperatureIsDefault && Temperature is not null)
            (request.AdditionalProperties ??= [])[ChatOptionKeys.TemperatureIsDefault] = true;
    }
}
