namespace CognitiveTools.Models.Names;

/// <summary>Expands <c>~/</c> where no shell has done so: in settings, suites and environment variables.</summary>
internal static class UserFolder
{
    /// <summary>The path with the user's folder in place of a leading <c>~/</c>; other paths unchanged.</summary>
    /// <param name="path">A path.</param>
    /// <param name="home">The user's folder; empty when the system names none.</param>
    public static string Expand(string path, string home) =>
        home.Length > 0 && path is ['~', '/' or '\\', ..] ? Path.Combine(home, path[2..]) : path;
}
