using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace CognitiveTools.Onnx.Engine;

/// <summary>One ONNX graph; its inputs and outputs were checked against the manifest. Thread-safe.</summary>
internal sealed class Graph : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    /// <param name="file">Its path, for messages.</param>
    /// <param name="bytes">The model.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="inputs">Names and shapes in the order of <see cref="Run"/>; -1 is any length.</param>
    /// <param name="outputs">Names and shapes in the order of the results; -1 is any length.</param>
    /// <exception cref="InvalidDataException">The file is not a graph of that shape.</exception>
    public Graph(string file, byte[] bytes, SessionOptions options, IReadOnlyList<Port> inputs, IReadOnlyList<Port> outputs)
    {
        (_inputs, _outputs) = ([.. inputs.Select(port => port.Name)], [.. outputs.Select(port => port.Name)]);
        try
        {
            _session = new InferenceSession(bytes, options);
        }
        catch (OnnxRuntimeException refused)
        {
            throw new InvalidDataException(
                $"ONNX Runtime cannot load {file}: {refused.Message} Export the model again with ./coglab export.",
                refused);
        }

        try
        {
            Check(file, "input", inputs, _session.InputMetadata);
            Check(file, "output", outputs, _session.OutputMetadata);
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <summary>Runs the graph; the caller disposes the outputs.</summary>
    public IDisposableReadOnlyCollection<OrtValue> Run(RunOptions options, params IReadOnlyCollection<OrtValue> inputs) =>
        _session.Run(options, _inputs, inputs, _outputs);

    public void Dispose() => _session.Dispose();

    private static void Check(string file, string kind, IReadOnlyList<Port> wanted, IReadOnlyDictionary<string, NodeMetadata> found)
    {
        foreach (var (name, shape, type) in wanted)
        {
            if (!found.TryGetValue(name, out var port))
                throw Wrong($"has no {kind} '{name}'; it has {string.Join(", ", found.Keys)}");
            if (port.ElementDataType != type || !shape.SequenceEqual(port.Dimensions))
                throw Wrong(
                    $"{kind} '{name}' is {port.ElementDataType} [{string.Join(", ", port.Dimensions)}], "
                    + $"the manifest says {type} [{string.Join(", ", shape)}]");
        }

        if (found.Keys.FirstOrDefault(name => wanted.All(port => port.Name != name)) is { } more)
            throw Wrong($"has {kind} '{more}', which the manifest does not have");

        InvalidDataException Wrong(string problem) =>
            new($"{file}: {problem}. Export the model again with ./coglab export.");
    }
}

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its dimensions; -1 is any length.</param>
/// <param name="Type">Its element type.</param>
internal sealed record Port(string Name, IReadOnlyList<int> Shape, TensorElementType Type = TensorElementType.Float);
