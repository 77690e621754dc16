using System.Security.Cryptography;
using CognitiveTools.Depth;
using CognitiveTools.Onnx.Latents;
using CognitiveTools.Onnx.Models;

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

    /// <summary>A copy whose embeddings are NaN, under hashes that say so.</summary>
    public static string CopyWithoutNumbers()
    {
        var manifest = Copy();
        var file = Path.Combine(Path.GetDirectoryName(manifest)!, "embeddings.f32");
        var rows = new float[new FileInfo(file).Length / sizeof(float)];
        Array.Fill(rows, float.NaN);
        File.WriteAllBytes(file, System.Runtime.InteropServices.MemoryMarshal.AsBytes(rows.AsSpan()).ToArray());
        Rehash(manifest, "embeddings.f32");
        return manifest;
    }

    /// <summary>Writes the hash of a changed file into the manifest.</summary>
    public static void Rehash(string manifest, string file)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(manifest))!;
        foreach (var (_, value) in node.AsObject())
        {
            if (value is System.Text.Json.Nodes.JsonObject entry && (string?)entry["file"] == file)
                entry["sha256"] = Convert.ToHexStringLower(
                    SHA256.HashData(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(manifest)!, file))));
        }

        File.WriteAllText(manifest, node.ToJsonString());
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
