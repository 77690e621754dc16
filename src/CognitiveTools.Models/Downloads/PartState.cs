using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitiveTools.Models.Downloads;

/// <summary>What a partial file holds, stored next to it so that a later run can resume safely.</summary>
/// <param name="Source">Its address or packages.</param>
/// <param name="Sha256">The checksum that was expected when it was started.</param>
/// <param name="ETag">The server's strong entity tag of the file, quoted; for If-Range.</param>
/// <param name="PartsDone">npm: parts joined so far.</param>
/// <param name="Length">npm: bytes of those parts.</param>
internal sealed record PartState(string Source, string? Sha256, string? ETag = null, int PartsDone = 0, long Length = 0)
{
    private static string PathOf(string part) => part + ".json";

    /// <summary>The state of a part; <see langword="null"/> when it is missing or damaged.</summary>
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
            // Damaged by another program; the part is useless without it.
            return null;
        }
    }

    /// <summary>Writes the state atomically.</summary>
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

    /// <summary>Renames a complete part to the file.</summary>
    public static void Finish(string part, string path)
    {
        File.Move(part, path, overwrite: true);
        File.Delete(PathOf(part));
    }
}

[JsonSerializable(typeof(PartState))]
internal sealed partial class PartStateJson : JsonSerializerContext;
