using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Bench.Architectures;

namespace CognitiveTools.Lab.Tests.Architectures;

/// <summary>Toys for tests.</summary>
internal static class Toys
{
    /// <summary>Writes a toy with the vocabulary of mini; skips the test when llama.cpp does not know the architecture.</summary>
    public static string Write(string name, string folder)
    {
        var toy = ToyArchitectures.All.Single(toy => toy.FileName == name);
        Assert.SkipUnless(ToyModels.IsKnown(toy), $"This build of llama.cpp does not know {toy.Name}.");
        return ToyModels.Write(toy, Path.Combine(Repository.Root, "models", "mini.gguf"), folder);
    }
}
