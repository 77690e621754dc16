using CognitiveTools.Latents;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Llama.Thoughts;

namespace CognitiveTools.Llama.Engine;

/// <summary>The thoughts of an engine's model: its format, and what requests can ask of it. Thread-safe.</summary>
internal sealed class EngineThoughts(LlamaModel model)
{
    private readonly Lazy<ThoughtFormat?> _format = new(() => ThoughtFormat.Of(model));

    /// <summary>How the model writes its thoughts; <see langword="null"/> when it has no format for them.</summary>
    internal ThoughtFormat? Format => _format.Value;

    /// <summary>Whether the model's chat template, or a format that was given, marks thoughts.</summary>
    internal bool Thinks => Format is { IsInTemplate: true };

    /// <summary>Whether the model can be told to think little or much, and not only whether to think.</summary>
    internal bool HasLevels => Format is { IsInTemplate: true, HasLevels: true };

    /// <summary>Whether all text before the line with the answer counts as thought.</summary>
    internal bool EndsAtAnswer => model.ThoughtFormat == ThoughtStyle.UntilAnswer;

    /// <summary>What a request gives to the template; whether to think means nothing to a template without marks of thoughts.</summary>
    internal PromptSettings SettingsFor(PromptSettings settings) =>
        EndsAtAnswer ? settings with { Effort = null } : settings;

    /// <summary>The options of a continuation. A model that thinks gets room for it beside the visible text.</summary>
    internal GenerationOptions OptionsOf(ContinuationOptions options)
    {
        var read = GenerationOptions.Of(options);
        return options.Turn is { ThoughtTokens: { } room } && Thinks
            ? read with
            {
                MaxTokens = (int)Math.Min(int.MaxValue, (long)options.MaxTokens + room),
                Thinking = new() { AnswerTokens = options.MaxTokens, MostTokens = room },
            }
            : read;
    }

    /// <summary>The reader of a generation; <see langword="null"/>: all of its text is visible.</summary>
    /// <exception cref="NotSupportedException">The model cannot do what is asked.</exception>
    internal ThoughtReader? ReaderFor(ReadOnlySpan<int> prompt, GenerationOptions options)
    {
        if (options.Thinking is not { } thinking)
            return null;
        if (options.Sampling is { Grammar: not null, GrammarTrigger: null or "" })
            thinking = thinking with { MustAnswer = true };
        if (Format is { } format)
            return options.Turn is { } turn ? format.NewReader(turn, thinking) : format.NewReader(prompt, thinking);
        ThoughtFormat.RefuseWithout(thinking, Path.GetFileName(model.Path));
        return null;
    }

    /// <inheritdoc cref="ILatentModel.Separate"/>
    internal SeparatedText? Separate(TurnSoFar turn, bool isEnd) => Format?.Separate(turn, isEnd);
}
