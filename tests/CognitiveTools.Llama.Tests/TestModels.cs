using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Natives;
using CognitiveTools.TestModels;

namespace CognitiveTools.Llama.Tests;

/// <summary>One tiny model for all tests, and engines on it.</summary>
internal static class TestModels
{
    private static readonly Lazy<LlamaModel> Shared = new(() => Load(1));

    public static LlamaModel Tiny => Shared.Value;

    public static LlamaModel Load(int seed, TinyModelOptions? options = null, Action<LlamaModelOptions>? configure = null)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("cogtools-").FullName, "tiny.gguf");
        var load = new LlamaModelOptions { Path = TinyModel.Write(path, seed, options) };
        configure?.Invoke(load);
        return LlamaModel.Load(load);
    }

    public static LlamaEngine Engine(Action<LlamaEngineOptions>? configure = null)
    {
        var options = new LlamaEngineOptions { Threads = 1 };
        configure?.Invoke(options);
        return new LlamaEngine(Tiny, options);
    }

    /// <summary>Skips the test when the loaded llama.cpp does not know an architecture.</summary>
    public static void RequireArchitecture(string architecture)
    {
        NativeRuntime.Load(NativeLibraryLocator.Find());
        Assert.SkipWhen(
            NativeRuntime.Build.MissingArchitectures.Contains(architecture, StringComparer.Ordinal),
            $"llama.cpp {NativeRuntime.Build.Name} does not know {architecture}. "
            + "To run it: ./cogtools natives get npm, then set COGTOOLS_NATIVES to the folder it prints.");
    }

    /// <summary>Tokens that no special token is among.</summary>
    public static int[] Prompt(int length, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(300, 500))];
    }

    public static GenerationOptions Greedy(int tokens) => new() { MaxTokens = tokens };
}
