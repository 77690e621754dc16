using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Text;

namespace CognitiveTools.Cli;

/// <summary>The option <c>--temperature</c>: a number, or <c>none</c> to leave the temperature to the model.</summary>
internal sealed class TemperatureOption : Option<TemperatureChoice?>
{
    private const string None = "none";

    private static readonly NumberRange Range = NumberRange.Of(0f, Suite.MostTemperature);

    /// <param name="standard">What holds without the option, for the help text.</param>
    public TemperatureOption(string standard)
        : base("--temperature")
    {
        Description = $"Sampling temperature; 0 is greedy, {None} leaves it to the model: its file's recommendation, else greedy; nothing "
            + $"is sent to an endpoint [default: {standard}]";
        HelpName = $"T|{None}";
        CustomParser = Read;
        CompletionSources.Add(None);
    }

    private TemperatureChoice? Read(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (text == None)
            return new(null);
        if (Range.Contains(text) is true)
            return new(float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        result.AddError($"{Name} is '{TerminalText.Excerpt(text)}'; it must be {Range.Text}, or {None}.");
        return null;
    }
}

/// <summary>A temperature that was given; <see langword="null"/> for none.</summary>
internal readonly record struct TemperatureChoice(float? Value);
