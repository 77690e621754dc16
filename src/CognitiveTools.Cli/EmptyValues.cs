using System.CommandLine;

namespace CognitiveTools.Cli;

/// <summary>
/// Keeps empty values that are given with <c>=</c>: of <c>--bos=</c> the library keeps the option only, and would then take the next
/// word as its value.
/// </summary>
internal static class EmptyValues
{
    /// <summary>The words of a command line, with such an option and its empty value as two words.</summary>
    public static IReadOnlyList<string> Keep(Command root, IReadOnlyList<string> arguments)
    {
        if (!arguments.Any(HasForm))
            return arguments;
        var names = NamesOf(root.Parse(arguments).CommandResult.Command).ToHashSet(StringComparer.Ordinal);
        string[] options = [.. arguments.TakeWhile(static word => word != "--")];
        return
        [
            .. options.SelectMany(word => HasForm(word) && names.Contains(word[..^1]) ? [word[..^1], ""] : (string[])[word]),
            .. arguments.Skip(options.Length),
        ];
    }

    private static bool HasForm(string word) => word is ['-', .., '=' or ':'];

    // Switches take no value, so nothing is lost there.
    private static IEnumerable<string> NamesOf(Command command)
    {
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            foreach (var option in at.Options.Where(option => at == command || option.Recursive))
            {
                if (option.ValueType != typeof(bool) && option.ValueType != typeof(bool?))
                {
                    yield return option.Name;
                    foreach (var alias in option.Aliases)
                        yield return alias;
                }
            }
        }
    }
}
