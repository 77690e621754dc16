using System.Text;

namespace CognitiveTools.Llama.Workers;

/// <summary>
/// The line that a worker writes before its first frame. It distinguishes a worker from a program that does not serve as one, and from
/// a program that prints something first.
/// </summary>
internal static class WorkerHandshake
{
    /// <summary>What a program must do to serve as a worker.</summary>
    public const string Remedy =
        "Begin the Main of the worker's program with: "
        + $"if (await {nameof(LlamaWorkerHost)}.{nameof(LlamaWorkerHost.RunIfAskedAsync)}()) return; and print nothing before it. "
        + $"Or set {nameof(LlamaWorkerOptions)}.{nameof(LlamaWorkerOptions.FileName)} to a program that does.";

    private const int Longest = 200; // bytes that are read when another text comes

    private static readonly string Line = $"CognitiveTools llama worker {typeof(WorkerHandshake).Assembly.GetName().Version}";

    /// <exception cref="IOException">The other side is gone.</exception>
    public static void Write(Stream output)
    {
        output.Write(Encoding.UTF8.GetBytes(Line + "\n"));
        output.Flush();
    }

    /// <summary>Reads the line and no byte after it.</summary>
    /// <returns><see langword="null"/> for a worker of this version; else what came instead, empty when the stream ended.</returns>
    public static string? Read(Stream input)
    {
        var bytes = new List<byte>();
        while (bytes.Count < Longest && input.ReadByte() is >= 0 and not '\n' and var next)
            bytes.Add((byte)next);
        var text = Encoding.UTF8.GetString([.. bytes]);
        return text == Line ? null : text.Trim();
    }
}
