using CognitiveTools.Onnx.Depth;
using CognitiveTools.Onnx.Latents;

namespace CognitiveTools.Onnx.Tests;

/// <summary>The shipped models.</summary>
internal static class OnnxModels
{
    public static string Recurrent { get; } = Find("recurrent");

    public static string Twin { get; } = Find("recurrent-twin");

    public static OnnxLatentModel Open(DepthPolicy? depth = null, string? path = null) =>
        OnnxLatentModel.Load(new OnnxModelOptions { Path = path ?? Recurrent, Depth = depth });

    /// <summary>A copy of a model that a test may damage.</summary>
    public static string Copy()
    {
        var folder = Directory.CreateTempSubdirectory("cogtools-").FullName;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(Recurrent)!))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return Path.Combine(folder, "recurrent.json");
    }

    private static string Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "models", name, name + ".json");
            if (File.Exists(path))
                return path;
        }

        throw new FileNotFoundException($"models/{name} is not above the tests. Run them inside a clone.");
    }
}
