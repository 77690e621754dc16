using System.Globalization;

namespace CognitiveTools.Cli.Configuration;

/// <summary>The form of a setting's value.</summary>
/// <param name="Words">The form in words, behind "must be".</param>
/// <param name="Fits">Whether a text has it.</param>
internal sealed record SettingForm(string Words, Func<string, bool> Fits)
{
    public static SettingForm Text { get; } = new("a text", static _ => true);

    public static SettingForm FullPath { get; } =
        new("a full path, since a relative one would depend on the current folder", Path.IsPathFullyQualified);

    public static SettingForm Switch { get; } = new("true or false", static text => bool.TryParse(text, out _));

    public static SettingForm Duration { get; } = new(
        "a duration such as 00:00:30",
        static text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero);

    public static SettingForm Date { get; } = new(
        "a date such as 2026-11-28 or 2026-11-28T09:30",
        static text => DateTime.TryParse(text, CultureInfo.InvariantCulture, out _));

    public static SettingForm Number(int from, int to = int.MaxValue) => new(
        to == int.MaxValue ? $"a whole number from {from} on" : $"a whole number from {from} to {to}",
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= from && number <= to);

    public static SettingForm OneOf(params string[] names) =>
        new(string.Join(" or ", names), text => names.Contains(text, StringComparer.OrdinalIgnoreCase));
}
