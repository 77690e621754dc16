using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Lab.Commands.Bench.Peers;

/// <summary>The build of llama.cpp that this process has not loaded: a process holds one.</summary>
/// <param name="Name">llama.cpp's name of it.</param>
/// <param name="Folder">Where it lies; <see langword="null"/> when it is not here.</param>
/// <param name="Remedy">How to get it.</param>
internal sealed record OtherNatives(string Name, string? Folder, string Remedy)
{
    private const string Shipped = "b10221", Newer = "v0.5.0";

    /// <summary>The npm build where the shipped one is loaded, else the shipped one.</summary>
    public static OtherNatives Than(NativeFacts loaded)
    {
        if (loaded.Version != Shipped)
            return new(Shipped, NativeLibraryLocator.FindBesideProgram()?.Directory,
                "build the program with its default backend, -p:CognitiveToolsBackend=Cpu");
        if (NativePackage.ForThisPlatform.FirstOrDefault(static package => package.ShortName == "npm") is not { } package)
            return new(Newer, null, "npm has no build for this platform");
        var store = new NativeStore();
        return new(Newer, store.Has(package) ? store.FolderOf(package) : null, "`cogtools natives get npm` fetches it");
    }
}
