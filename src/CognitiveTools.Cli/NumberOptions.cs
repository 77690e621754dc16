using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using CognitiveTools.Text;

namespace CognitiveTools.Cli;

/// <summary>
/// How options read numbers: in one form on every machine, with a decimal point and without thousands separators, finite, and within
/// a range that every such option states. System.CommandLine's own reading takes separators, so it would read <c>0,5</c> as 5.
/// </summary>
internal static class NumberOptions
{
    private static readonly Type[] Numbers = [typeof(int), typeof(long), typeof(float), typeof(double), typeof(decimal)];

    /// <summary>Sets the form for every option of a command and of the commands below it.</summary>
    /// <exception cref="InvalidOperationException">An option with a number has no range.</exception>
    public static void UseOneForm(Command command)
    {
        foreach (var option in command.Options)
            UseOneForm(option);
        foreach (var sub in command.Subcommands)
            UseOneForm(sub);
    }

    /// <summary>Refuses values outside a range, when the command line is read.</summary>
    public static Option<T> Within<T>(this Option<T> option, T least, T most)
        where T : struct, INumber<T> => Limit(option, NumberRange.Of(least, most));

    /// <inheritdoc cref="Within{T}(Option{T}, T, T)"/>
    public static Option<T?> Within<T>(this Option<T?> option, T least, T most)
        where T : struct, INumber<T> => Limit(option, NumberRange.Of(least, most));

    /// <summary>Refuses an option whose values are not all within a range.</summary>
    public static Option<T[]> EachWithin<T>(this Option<T[]> option, T least, T most)
        where T : struct, INumber<T> => Limit(option, NumberRange.Of(least, most));

    /// <summary>Takes every whole number: for seeds.</summary>
    public static Option<int> OfAnySize(this Option<int> option) => option.Within(int.MinValue, int.MaxValue);

    /// <inheritdoc cref="OfAnySize(Option{int})"/>
    public static Option<int?> OfAnySize(this Option<int?> option) => option.Within(int.MinValue, int.MaxValue);

    /// <summary>Whether an option takes numbers, one or several.</summary>
    public static bool TakesNumbers(Option option) => Numbers.Contains(
        Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType.GetElementType() ?? option.ValueType);

    /// <summary>The range of an option; <see langword="null"/> when it states none.</summary>
    public static NumberRange? RangeOf(Option option) =>
        option.Validators.Select(static check => check.Target).OfType<NumberRange>().FirstOrDefault();

    private static TOption Limit<TOption>(TOption option, NumberRange range)
        where TOption : Option
    {
        option.Validators.Add(range.Check);
        return option;
    }

    private static void UseOneForm(Option option)
    {
        if (TakesNumbers(option) && RangeOf(option) is null)
            throw new InvalidOperationException(
                $"The option {option.Name} takes a number and states no range. Give it one with {nameof(NumberOptions)}.{nameof(Within)}.");
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

    /// <summary>Reads a number; adds an error when the text is not one.</summary>
    internal static T Read<T>(ArgumentResult result)
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
