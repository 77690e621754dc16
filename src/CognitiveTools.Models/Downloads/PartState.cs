using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitiveTools.Models.Downloads;

/// <summary>What a partial file holds, kept beside it so that a later run can go on safely.</summary>
/// <param name="Source">Address or packages it is from.</param>
/// <param name="Sha256">The checksum expected when it was begun.</param>
/// <param name="ETag">The server's strong entity tag of the file, quoted; for If-Range.</param>
/// <param name="PartsDone">npm: parts joined so far.</param>
/// <param name="Length">npm: bytes of those parts.</param>
internal sealed record PartState(string Source, string? Sha256, string? ETag = null, int PartsDone = 0, long Length = 0)
{
    private static string PathOf(string part) => part + ".json";

    /// <summary>The state of a part; <see langword="null"/> when there is none that can be read.</summary>
    public static PartState? Load(string part)
    {
        try
        {
            return File.Exists(part) && File.Exists(PathOf(part))
                ? JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(part)), PartStateJson.Default.PartState)
                : null;
        }
        catch (JsonException)
        {
            // Damaged from outside; without it the part is worth nothing.
            return null;
        }
    }

    /// <summary>Writes the state whole or not at all.</summary>
    public void Save(string part)
    {
        var next = PathOf(part) + ".new";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(this, PartStateJson.Default.PartState));
        File.Move(next, PathOf(part), overwrite: true);
    }

    public static void Delete(string part)
    {
        File.Delete(part);
        File.Delete(PathOf(part));
    }

    /// <summary>The part has become the file.</summary>
    public static void Finish(string part, string path)
    {
        File.Move(part, path, overwrite: true);
        File.Delete(PathOf(part));
    }
}

[JsonSerializable(typeof(PartState))]
internal sealed partial class PartStateJson : JsonSerializerContext;
