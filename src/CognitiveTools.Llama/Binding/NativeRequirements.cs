using System.Runtime.InteropServices;
using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Llama.Binding;

/// <summary>Checks the preconditions of a folder's libraries without loading any of them.</summary>
internal static class NativeRequirements
{
    /// <exception cref="NotSupportedException">The folder is for processors with instructions that this one lacks.</exception>
    /// <exception cref="DllNotFoundException">
    /// A system library that the folder's libraries need is missing; the message says how to install it.
    /// </exception>
    internal static void Check(NativeLibraries found) => Check(found, ProcessorLevel.Folders, OpenMpRuntime.Load);

    internal static void Check(NativeLibraries found, IReadOnlyList<string> levels, Func<bool> loadOpenMp)
    {
        // An instruction that the processor lacks would end the process.
        foreach (var (_, path) in found.InLoadOrder)
        {
            if (Path.GetFileName(Path.GetDirectoryName(path)) is { } level && ProcessorLevel.All.Contains(level, StringComparer.Ordinal)
                && !levels.Contains(level, StringComparer.Ordinal))
            {
                throw new NotSupportedException(
                    $"{path} was built for processors of the level {level}, "
                    + $"and this one runs {(levels.Count == 0 ? "none of these builds" : string.Join(", ", levels))}. "
                    + "Name the folder of a level that runs here, or leave the natives directory out.");
            }
        }

        if (found.InLoadOrder.Any(static library => OpenMpRuntime.IsNeededBy(library.Path)) && !loadOpenMp())
        {
            throw new DllNotFoundException(
                $"The llama.cpp libraries in {found.Directory} need OpenMP's {OpenMpRuntime.Library}, "
                + $"which is not installed on {RuntimeInformation.RuntimeIdentifier}. "
                + "Install it: `apt-get install libgomp1` (Debian, Ubuntu), `dnf install libgomp` (Fedora), `apk add libgomp` (Alpine).");
        }
    }
}
