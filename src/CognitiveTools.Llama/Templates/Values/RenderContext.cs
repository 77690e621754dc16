using System.Runtime.CompilerServices;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>One rendering: its limits, what it has used of them, and its clock.</summary>
internal sealed class RenderContext(RenderLimits limits, DateTime now)
{
    private long _steps;
    private long _characters;
    private int _depth;

    /// <summary>The time of <c>strftime_now</c>.</summary>
    public DateTime Now { get; } = now;

    /// <exception cref="TemplateException">The rendering has done too much.</exception>
    public void Step(long count = 1)
    {
        _steps += count;
        if (_steps > limits.Steps)
            throw new TemplateException($"rendering takes more than {limits.Steps:N0} steps: the template may never end");
    }

    /// <summary>Counts characters that an operation creates or reads.</summary>
    /// <exception cref="TemplateException">They are too many.</exception>
    public void Charge(long characters)
    {
        _characters += characters;
        if (_characters > limits.Characters || characters > limits.TextLength)
            throw new TemplateException(
                $"rendering makes texts of more than {Math.Min(limits.Characters, limits.TextLength):N0} characters: "
                + "the template is hostile, or the conversation too long");
    }

    /// <summary>Enters a macro or a recursive loop; <see cref="Leave"/> ends it.</summary>
    /// <exception cref="TemplateException">They are nested too deeply.</exception>
    public void Enter()
    {
        if (++_depth > limits.Depth)
            throw new TemplateException($"macros or recursive loops are nested more than {limits.Depth} deep");
        RequireStack();
    }

    public void Leave() => _depth--;

    /// <summary>Refuses values and templates that are nested too deeply for the stack.</summary>
    public static void RequireStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new TemplateException("the template or a value is nested too deeply");
    }
}
