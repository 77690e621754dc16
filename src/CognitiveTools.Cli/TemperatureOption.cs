using System.CommandLine;
using System.CommandLine.Parsing;
using CognitiveTools.Evals.Suites;

namespace CognitiveTools.Cli;

/// <summary>The option <c>--temperature</c>: a number, or <c>none</c> to leave the temperature to the model.</summary>
internal sealed class TemperatureOption : Option<TemperatureChoice?>
{
    private const string None = "none";

    /// <param name="standard">What holds without the option, for the help text.</param>
    public TemperatureOption(string standard)
        : base("--temperature")
    {
        Description = $"Sampling temperature; 0 is greedy, {None} leaves it to the model: a local one samples as its file recommends, else "
            + $"greedily, and a server as it likes [default: {standard}]";
        HelpName = $"T|{None}";
        CustomParser = Read;
        Validators.Add(NumberRange.Of(0f, Suite.MostTemperature).Check);
        CompletionSources.Add(None);
    }

    private static TemperatureChoice? Read(ArgumentResult result) =>
        new(result.Tokens[^1].Value == None ? null : NumberOptions.Read<float>(result));
}

/// <summary>A temperature that was given; <see langword="null"/> for none.</summary>
internal readonly record struct TemperatureChoice(float? Value);
