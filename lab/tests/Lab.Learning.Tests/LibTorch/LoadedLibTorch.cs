using System.Runtime.CompilerServices;
using CognitiveTools.Lab.Learning.LibTorch;
using TorchSharp;

namespace CognitiveTools.Lab.Learning.Tests.LibTorch;

/// <summary>What the program does at its start, for the tests: the mend, and one thread, so that results are the same bits.</summary>
internal static class LoadedLibTorch
{
    [ModuleInitializer]
    internal static void Prepare()
    {
        LibTorchMend.Apply();
        torch.set_num_threads(1);
    }
}
