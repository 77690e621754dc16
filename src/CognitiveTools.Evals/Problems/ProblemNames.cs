namespace CognitiveTools.Evals.Problems;

/// <summary>The problem files and imported sets that one text names, joined by <c>+</c>: <c>aime24+aime25</c>.</summary>
internal static class ProblemNames
{
    private const char Joint = '+';

    /// <summary>The names in order. A file whose own name or folder holds a <c>+</c> stays whole.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var pieces = text.Split(Joint);
        var names = new List<string>();
        for (var at = 0; at < pieces.Length;)
        {
            var end = pieces.Length;
            while (end > at + 1 && !File.Exists(string.Join(Joint, pieces[at..end])))
                end--;
            names.Add(string.Join(Joint, pieces[at..end]));
            at = end;
        }

        return names;
    }

    /// <summary>
    /// The same names from another folder: paths count from there, and a name without folder and ending that is no file there stays
    /// as it is, because it names an imported set.
    /// </summary>
    public static string From(string folder, string text)
    {
        var whole = Path.GetFullPath(text, folder);
        return File.Exists(whole) ? whole : string.Join(Joint, text.Split(Joint).Select(Resolved));

        string Resolved(string name)
        {
            var path = Path.GetFullPath(name, folder);
            return File.Exists(path) || name.Length == 0 || name.IndexOfAny(['/', '\\', '.']) >= 0 ? path : name;
        }
    }
}
