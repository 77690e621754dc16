using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using CognitiveTools.Text;

namespace CognitiveTools.Cli;

/// <summary>
/// How options read numbers: in one form on every machine, with a decimal point and without thousands separators, and finite.
/// System.CommandLine's own reading takes separators, so it would read <c>0,5</c> as 5.
/// </summary>
internal static class NumberOptions
{
    /// <summary>Sets the form for every option of a command and of the commands below it.</summary>
    public static void UseOneForm(Command command)
    {
        foreach (var option in command.Options)
            UseOneForm(option);
        foreach (var sub in command.Subcommands)
            UseOneForm(sub);
    }

    /// <summary>Refuses values outside a range, when the command line is read.</summary>
    public static Option<T> Within<T>(this Option<T> option, T least, T most)
        where T : struct, INumber<T>
    {
        option.Validators.Add(result => Check<T>(result, least, most));
        return option;
    }

    /// <inheritdoc cref="Within{T}(Option{T}, T, T)"/>
    public static Option<T?> Within<T>(this Option<T?> option, T least, T most)
        where T : struct, INumber<T>
    {
        option.Validators.Add(result => Check<T>(result, least, most));
        return option;
    }

    // The value is read from its token: where that has no number's form, the option's own reading reports it.
    private static void Check<T>(OptionResult result, T least, T most)
        where T : struct, INumber<T>
    {
        if (result.Tokens is [.., var token]
            && T.TryParse(token.Value, HasFractions<T>() ? NumberStyles.Float : NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            && T.IsFinite(value) && (value < least || value > most))
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{result.Option.Name} is {value}; it must be {Range(least, most)}."));
    }

    private static string Range<T>(T least, T most)
        where T : struct, INumber<T> => string.Create(
            CultureInfo.InvariantCulture, $"{(HasFractions<T>() ? "a number" : "a whole number")} from {least:#,0.###} to {most:#,0.###}");

    private static bool HasFractions<T>()
        where T : struct, INumber<T> => !T.IsInteger(T.One / (T.One + T.One));

    private static void UseOneForm(Option option)
    {
        switch (option)
        {
            case Option<double> number:
                number.CustomParser = Read<double>;
                break;
            case Option<double?> number:
                number.CustomParser = result => Read<double>(result);
                break;
            case Option<float> number:
                number.CustomParser = Read<float>;
                break;
            case Option<float?> number:
                number.CustomParser = result => Read<float>(result);
                break;
            case Option<decimal> number:
                number.CustomParser = Read<decimal>;
                break;
            case Option<decimal?> number:
                number.CustomParser = result => Read<decimal>(result);
                break;
        }
    }

    private static T Read<T>(ArgumentResult result)
        where T : struct, INumber<T>
    {
        var text = result.Tokens[^1].Value;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && T.IsFinite(value))
            return value;
        var name = result.Parent is OptionResult parent ? parent.Option.Name : result.Argument.Name;
        result.AddError($"{name} is '{TerminalText.Excerpt(text)}'; {(text.Contains(',', StringComparison.Ordinal)
            ? "write a number with a decimal point, as in 0.5, and without commas"
            : "it must be a number such as 0.5")}.");
        return default;
    }
}
