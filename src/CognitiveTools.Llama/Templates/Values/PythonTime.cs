using System.Globalization;
using System.Text;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Python's <c>strftime</c> on Linux, in the C locale.</summary>
internal static class PythonTime
{
    /// <exception cref="TemplateException">A directive is unknown here.</exception>
    public static string Format(DateTime time, string format)
    {
        var text = new StringBuilder();
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%')
            {
                text.Append(format[at]);
                continue;
            }

            var start = at++;
            var flag = at < format.Length && "-_0^#".Contains(format[at], StringComparison.Ordinal) ? format[at++] : '\0';
            if (at >= format.Length)
                throw TemplateException.Unsupported($"the time format '{format}'");
            text.Append(Directive(time, format[at], flag)
                ?? throw TemplateException.Unsupported($"the time format '{format[start..(at + 1)]}'"));
        }

        return text.ToString();
    }

    private static string? Directive(DateTime time, char directive, char flag)
    {
        var hour = time.Hour % 12 == 0 ? 12 : time.Hour % 12;
        var monday = ((int)time.DayOfWeek + 6) % 7;
        return directive switch
        {
            'd' => Number(time.Day, 2),
            'e' => Number(time.Day, 2, ' '),
            'm' => Number(time.Month, 2),
            'y' => Number(time.Year % 100, 2),
            'Y' => Number(time.Year, 1),
            'C' => Number(time.Year / 100, 2),
            'G' => Number(ISOWeek.GetYear(time), 1),
            'g' => Number(ISOWeek.GetYear(time) % 100, 2),
            'V' => Number(ISOWeek.GetWeekOfYear(time), 2),
            'U' => Number((time.DayOfYear + 6 - (int)time.DayOfWeek) / 7, 2),
            'W' => Number((time.DayOfYear + 6 - monday) / 7, 2),
            'j' => Number(time.DayOfYear, 3),
            'H' => Number(time.Hour, 2),
            'k' => Number(time.Hour, 2, ' '),
            'I' => Number(hour, 2),
            'l' => Number(hour, 2, ' '),
            'M' => Number(time.Minute, 2),
            'S' => Number(time.Second, 2),
            'u' => Number(monday + 1, 1),
            'w' => Number((int)time.DayOfWeek, 1),
            'f' when flag == '\0' => time.ToString("ffffff", CultureInfo.InvariantCulture),
            'a' => Name(time.ToString("ddd", CultureInfo.InvariantCulture)),
            'A' => Name(time.ToString("dddd", CultureInfo.InvariantCulture)),
            'b' or 'h' => Name(time.ToString("MMM", CultureInfo.InvariantCulture)),
            'B' => Name(time.ToString("MMMM", CultureInfo.InvariantCulture)),
            'p' => flag == '#' ? (time.Hour < 12 ? "am" : "pm") : Name(time.Hour < 12 ? "AM" : "PM"),
            'P' => time.Hour < 12 ? "am" : "pm",
            'z' or 'Z' when flag == '\0' => "",
            'n' => "\n",
            't' => "\t",
            '%' => "%",
            'F' when flag == '\0' => Format(time, "%Y-%m-%d"),
            'D' or 'x' when flag == '\0' => Format(time, "%m/%d/%y"),
            'T' or 'X' when flag == '\0' => Format(time, "%H:%M:%S"),
            'R' when flag == '\0' => Format(time, "%H:%M"),
            'r' when flag == '\0' => Format(time, "%I:%M:%S %p"),
            'c' when flag == '\0' => Format(time, "%a %b %e %H:%M:%S %Y"),
            _ => null,
        };

        string? Number(int value, int width, char fill = '0') => flag switch
        {
            '-' => value.ToString(CultureInfo.InvariantCulture),
            '_' => value.ToString(CultureInfo.InvariantCulture).PadLeft(width),
            '0' => value.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0'),
            '\0' => value.ToString(CultureInfo.InvariantCulture).PadLeft(width, fill),
            _ => null,
        };

        string? Name(string value) => flag switch
        {
            '^' or '#' => value.ToUpperInvariant(),
            '\0' => value,
            _ => null,
        };
    }
}
