using System.Globalization;
using CognitiveTools.Chat;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Reasoners;

/// <summary>
/// How a verbal reasoner asks the model to think: the settings <c>think</c>, <c>thoughts</c> and <c>wait</c>. They travel as
/// <c>ChatOptions.Reasoning</c> and the keys of <see cref="ChatOptionKeys"/>; a client that cannot honour them refuses them.
/// </summary>
internal sealed record ThoughtSettings
{
    /// <summary>Thought tokens of a forced answer, when the solve has spent its own.</summary>
    public const int ForcedTokens = 2_048;

    /// <summary>Where the format of a local model's thoughts is named.</summary>
    public const string FormatOptions = "-m NAME+thoughts=FORMAT, or the setting Llama:ThoughtFormat";

    // The marks that end a thought, and the text of "Wait".
    private const int MarkTokens = 64;

    private static readonly string[] Efforts = ["off", "on", "low", "medium", "high"];

    /// <summary>As the model does by itself.</summary>
    public static ThoughtSettings None { get; } = new();

    /// <summary>The settings, for help texts.</summary>
    public static IReadOnlyList<ReasonerSetting> Known { get; } =
    [
        new("think", "the model's", "whether and how much the model thinks first: off, on, low, medium, high"),
        new("thoughts", "the budget's", "thought tokens after which the engine ends the thought and the answer follows"),
        new("wait", "0", "how often the engine writes Wait where the model would end its thought"),
    ];

    /// <summary>How much to think; <see langword="null"/>: as the model does by itself.</summary>
    public ReasoningEffort? Effort { get; init; }

    /// <summary>Thought tokens after which the engine ends the thought; <see langword="null"/>: it does not.</summary>
    public int? Tokens { get; init; }

    /// <summary>How often the engine writes "Wait" where the model would end its thought.</summary>
    public int Waits { get; init; }

    /// <summary>Reads the settings of a spec; <see cref="Require"/> then says whether the model can follow them.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or the settings contradict each other.</exception>
    public static ThoughtSettings Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var effort = settings.Text("think", "", Efforts);
        var tokens = settings.Int32("thoughts", -1, 0, 10_000_000);
        var waits = settings.Int32("wait", 0, 0, 100);
        if (effort == "off" && (tokens > 0 || waits > 0))
            throw new ArgumentException(
                $"Reasoner '{settings.Spec}': think=off leaves the thought out, so {(tokens > 0 ? "thoughts" : "wait")} has no thought to "
                + $"{(tokens > 0 ? "end" : "prolong")}. Leave one of them out.");
        return new()
        {
            Effort = effort switch
            {
                "off" => ReasoningEffort.None,
                "low" => ReasoningEffort.Low,
                "on" or "medium" => ReasoningEffort.Medium,
                "high" => ReasoningEffort.High,
                _ => null,
            },
            Tokens = tokens < 0 ? null : tokens,
            Waits = waits,
        };
    }

    /// <summary>Checks what is known of the model, after all else that may be wrong with the spec.</summary>
    /// <exception cref="ModelCannotThinkException">The model does not think, or not in levels.</exception>
    /// <exception cref="ArgumentException">The client cannot honour the settings.</exception>
    public void Require(ReasonerSpec spec, IChatClient client)
    {
        var capabilities = ChatCapabilities.Of(client);
        var model = NameOf(client);
        var asks = string.Join(", ", new[]
        {
            Effort is null ? null : "think", Tokens is null ? null : "thoughts", Waits == 0 ? null : "wait",
        }.Where(static name => name is not null));
        if (asks.Length > 0 && capabilities.Thinks is false)
            throw new ModelCannotThinkException(
                $"Reasoner '{spec}': {model} does not think, because its chat template has no marks of thoughts, so {asks} cannot be set. "
                + $"Leave it out, use a model that thinks, or name the marks ({FormatOptions}).");
        if (IsLevel(Effort) && capabilities.ThinksInLevels is false)
            throw new ModelCannotThinkException(
                $"Reasoner '{spec}': the chat template of {model} has no levels of thinking, so think={NameOf(Effort)} cannot be set. "
                + "Use think=on or think=off, or leave it out."
                + (capabilities.ThoughtBudgets ? " thoughts=N ends the thought after N tokens." : ""));
        if ((Tokens is not null || Waits > 0) && !capabilities.ThoughtBudgets)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Reasoner '{spec}': only the local engine can end or prolong a thought, so thoughts and wait cannot be set for {model}. ")
                + "Use think=low, medium or high.");
    }

    /// <summary>The model's name, for messages.</summary>
    public static string NameOf(IChatClient client) =>
        (client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId ?? "the model";

    /// <summary>Whether an effort is a level that only some models have.</summary>
    public static bool IsLevel(ReasoningEffort? effort) =>
        effort is ReasoningEffort.Low or ReasoningEffort.High or ReasoningEffort.ExtraHigh;

    private static string NameOf(ReasoningEffort? effort) => effort == ReasoningEffort.Low ? "low" : "high";

    /// <summary>Sets the options of a turn: thinking, and limits for thoughts and answer apart.</summary>
    /// <param name="options">The options; <c>MaxOutputTokens</c> is the limit of the answer.</param>
    /// <param name="client">The model's client.</param>
    /// <param name="thoughtsLeft">Thought tokens that the budget has left.</param>
    public void Apply(ChatOptions options, IChatClient client, long thoughtsLeft)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Effort is { } effort)
            options.Reasoning = new ReasoningOptions { Effort = effort };
        if (Tokens is { } tokens)
            Set(ChatOptionKeys.ThoughtTokens, tokens);
        if (Waits > 0)
            Set(ChatOptionKeys.ThoughtWaits, Waits);
        if (Room(client, thoughtsLeft) is not { } room || options.MaxOutputTokens is not { } answer)
            return;
        Set(ChatOptionKeys.AnswerTokens, answer);
        Set(ChatOptionKeys.MostThoughtTokens, (int)Math.Min(int.MaxValue, room));
        options.MaxOutputTokens = (int)Math.Min(int.MaxValue, answer + room);

        void Set(string key, int value) => (options.AdditionalProperties ??= [])[key] = value;
    }

    /// <summary>Whether thoughts have a limit of their own under such options; else the limit of the turn holds for them, too.</summary>
    public static bool LimitsThoughts(ChatOptions options) =>
        options?.AdditionalProperties?.ContainsKey(ChatOptionKeys.MostThoughtTokens) is true;

    // Tokens of a turn beside its answer; null when nothing says that the model thinks. A server does not say it, the setting does. The
    // marks that the engine writes to end a thought have room of their own.
    private long? Room(IChatClient client, long thoughtsLeft)
    {
        var modelThinks = ChatCapabilities.Of(client).Thinks is true;
        var thinks = Effort is { } effort ? effort != ReasoningEffort.None : modelThinks || Tokens is not null;
        if (!thinks)
            return modelThinks ? MarkTokens : null;
        var left = Math.Max(0, thoughtsLeft);
        return Tokens is { } tokens && tokens <= left ? tokens + MarkTokens : left;
    }
}
