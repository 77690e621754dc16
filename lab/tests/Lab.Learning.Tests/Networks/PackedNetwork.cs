using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Tests.Packing;
using CognitiveTools.Lab.Training.Packing;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Tests;

namespace CognitiveTools.Lab.Learning.Tests.Networks;

/// <summary>A network with the vocabulary of <see cref="PackFixture"/> as a file for the engine.</summary>
internal static class PackedNetwork
{
    public static string Pack(Decoder network, TemporaryFolder folder, GgufTensorType type = GgufTensorType.F32)
    {
        WeightsFile.Save(network, folder.File("weights.safetensors"));
        File.WriteAllText(folder.File("config.json"), $$"""{"model": {{network.Sizes.ToJsonString()}}}""");
        File.WriteAllLines(folder.File("vocab.txt"), PackFixture.Vocabulary);
        return LlamaPacker.Pack(new LlamaPackOptions
        {
            Weights = folder.File("weights.safetensors"),
            Config = folder.File("config.json"),
            Vocabulary = folder.File("vocab.txt"),
            Output = folder.File("model.gguf"),
            Type = type,
        }).Path;
    }
}
