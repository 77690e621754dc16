using System.Globalization;
using System.Text;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>Rules of items in a fixed order, of which some may be left out and at least one is written.</summary>
internal static class OrderedRules
{
    /// <summary>Writes the rules, from the last item to the first.</summary>
    /// <param name="text">Gets them.</param>
    /// <param name="root">Begins their names.</param>
    /// <param name="count">Items, at least one.</param>
    /// <param name="next">The sequence between two items.</param>
    /// <param name="item">The sequence of an item and whether it must be there; gets its index and what its rules begin with.</param>
    /// <returns>The rule of all items, and whether all of them may be left out.</returns>
    public static (string First, bool MayBeEmpty) Write(
        StringBuilder text, string root, int count, string next, Func<int, string, (string Sequence, bool IsRequired)> item)
    {
        // `here`: the items from this one on, at least one of them written; `after`: what may follow.
        string here = "", after = "";
        var mayEnd = true;
        for (var i = count - 1; i >= 0; i--)
        {
            var rule = string.Create(CultureInfo.InvariantCulture, $"{root}{i}");
            var (sequence, isRequired) = item(i, rule);
            text.Append($"{rule}h ::= {sequence} {after}").Append(isRequired || here.Length == 0 ? "\n" : $" | {here}\n");
            here = $"{rule}h";
            mayEnd &= !isRequired;
            text.Append(mayEnd ? $"{rule}a ::= ({next} {here})?\n" : $"{rule}a ::= {next} {here}\n");
            after = $"{rule}a";
        }

        return (here, mayEnd);
    }
}
