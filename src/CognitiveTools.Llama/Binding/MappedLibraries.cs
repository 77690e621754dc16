using System.Diagnostics;

namespace CognitiveTools.Llama.Binding;

/// <summary>
/// Copies of llama.cpp that another library of the process has loaded, LLamaSharp for example. Two copies in one process
/// share symbols by the names of their files and end it without an exception, so the second one must not be loaded.
/// </summary>
internal static class MappedLibraries
{
    /// <summary>The folder to load from.</summary>
    /// <param name="wanted">Full path of the folder that was found or configured.</param>
    /// <param name="isDemanded">Whether no other folder will do.</param>
    /// <exception cref="InvalidOperationException">Another copy is loaded that cannot be used; the message says what to do.</exception>
    internal static string Choose(string wanted, bool isDemanded) => Choose(wanted, isDemanded, Files());

    internal static string Choose(string wanted, bool isDemanded, IEnumerable<string> files)
    {
        var others = files.Where(static file => Path.GetFileName(file) is var name && (Is(name, "ggml-base") || Is(name, "llama")))
            .Select(static file => Path.GetDirectoryName(file)!)
            .Where(folder => !string.Equals(folder, wanted, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).ToArray();
        return others switch
        {
            [] => wanted,
            [var only] when !isDemanded => only,
            _ => throw new InvalidOperationException(
                $"This process has loaded llama.cpp from {string.Join(" and ", others)} already, "
                + $"and a second copy from {wanted} would end it. "
                + "Leave the natives directory out, so that the loaded copy is used, "
                + "or run the engine in a process of its own (AddLlamaWorker, or --host process)."),
        };
    }

    private static bool Is(string file, string library)
        => file.StartsWith($"lib{library}.", StringComparison.Ordinal) || file.Equals($"{library}.dll", StringComparison.OrdinalIgnoreCase);

    private static string[] Files()
    {
        using var process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>().Select(static module => module.FileName)];
    }
}
