using System.Text.Json;

namespace CognitiveTools.Latent.Tests.Reference;

/// <summary>The values that reference.py computed.</summary>
internal static class ReferenceValues
{
    public static JsonElement Root { get; } = Load();

    public static JsonElement Run(string name) =>
        Root.GetProperty("runs").EnumerateArray().Single(run => run.GetProperty("name").GetString() == name);

    private static JsonElement Load()
    {
        using var stream = typeof(ReferenceValues).Assembly.GetManifestResourceStream("reference.json")!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
