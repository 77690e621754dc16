using Microsoft.ML.OnnxRuntime;

namespace CognitiveTools.Onnx.Engine;

/// <summary>Tensors over our own memory, pinned until disposed.</summary>
internal sealed class InputTensors : IDisposable
{
    private readonly List<OrtValue> _values = new(4);

    public OrtValue Rows(Memory<float> rows, int width) => Keep(rows, [rows.Length / width, width]);

    public OrtValue Floats(float[] values, params long[] shape) => Keep(values.AsMemory(), shape);

    public OrtValue Positions(long[] positions) => Keep(positions.AsMemory(), [positions.Length]);

    public OrtValue Cache(CacheRows rows, long[] shape) => Keep(rows.Rows, shape);

    public void Dispose() => _values.ForEach(value => value.Dispose());

    private OrtValue Keep<T>(Memory<T> data, long[] shape)
        where T : unmanaged
    {
        var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, data, shape);
        _values.Add(value);
        return value;
    }
}
