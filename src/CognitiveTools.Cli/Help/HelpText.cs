using System.CommandLine;
using System.Globalization;

namespace CognitiveTools.Cli.Help;

/// <summary>How <c>--help</c> writes options and arguments.</summary>
internal static class HelpText
{
    /// <summary>Short names first, then the value's name: <c>-m, --model &lt;NAME|FILE&gt;</c>.</summary>
    public static string LabelOf(Option option)
    {
        var names = option.Aliases.Append(option.Name).Distinct(StringComparer.Ordinal)
            .Where(static name => name.StartsWith('-')) // the help option has names for Windows, too
            .OrderBy(static name => name.Length);
        var takesNone = option.Arity.MaximumNumberOfValues == 0 || TakesFlag(option);
        var value = takesNone ? "" : $" <{option.HelpName ?? option.Name.TrimStart('-')}>";
        return string.Join(", ", names) + value;
    }

    /// <summary>The description, with the default value.</summary>
    public static string Of(Option option) =>
        option.Description + (option.HasDefaultValue && !TakesFlag(option) ? DefaultOf(option.GetDefaultValue()) : "");

    /// <inheritdoc cref="Of(Option)"/>
    public static string Of(Argument argument) =>
        argument.Description + (argument.HasDefaultValue ? DefaultOf(argument.GetDefaultValue()) : "");

    private static bool TakesFlag(Option option) => option.ValueType == typeof(bool) || option.ValueType == typeof(bool?);

    private static string DefaultOf(object? value) => value switch
    {
        null or "" or Array => "",
        _ => $" [default: {Convert.ToString(value, CultureInfo.InvariantCulture)}]",
    };
}
