using System.Runtime.InteropServices;
using CognitiveTools.Lab.Learning.Export.Schema;
using Google.Protobuf;
using DataType = CognitiveTools.Lab.Learning.Export.Schema.TensorProto.Types.DataType;

namespace CognitiveTools.Lab.Learning.Export;

/// <summary>An ONNX graph, written node by node. Values are referred to by their names.</summary>
/// <param name="name">Name of the graph.</param>
internal sealed class OnnxGraph(string name)
{
    private const int OperatorSet = 14, FileVersion = 7;

    private readonly GraphProto _graph = new() { Name = name };
    private int _names;

    /// <summary>The model as a file holds it.</summary>
    public byte[] ToArray()
    {
        var model = new ModelProto { IrVersion = FileVersion, ProducerName = "coglab", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });
        return model.ToByteArray();
    }

    /// <summary>Adds an input of floats.</summary>
    /// <param name="label">Its name.</param>
    /// <param name="first">Name of the first extent, which is known when the graph runs; <see langword="null"/> when there is none.</param>
    /// <param name="extents">The other extents.</param>
    public string Input(string label, string? first, params ReadOnlySpan<long> extents)
    {
        _graph.Input.Add(Value(label, DataType.Float, first, extents));
        return label;
    }

    /// <summary>Adds an input of whole numbers in one row.</summary>
    public string Indices(string label, string extent)
    {
        _graph.Input.Add(Value(label, DataType.Int64, extent));
        return label;
    }

    /// <summary>Makes a value an output, under the name that it is to have.</summary>
    public void Output(string value, string label, string first, params ReadOnlySpan<long> extents)
    {
        Node("Identity", [value], [label]);
        _graph.Output.Add(Value(label, DataType.Float, first, extents));
    }

    /// <summary>Adds numbers that the graph holds.</summary>
    public string Floats(ReadOnlySpan<float> values, params ReadOnlySpan<long> extents) =>
        Constant(DataType.Float, MemoryMarshal.AsBytes(values), extents);

    /// <summary>Adds one number that the graph holds.</summary>
    public string Float(float value) => Floats([value]);

    /// <summary>Adds whole numbers that the graph holds, in one row.</summary>
    public string Longs(params ReadOnlySpan<long> values) => Constant(DataType.Int64, MemoryMarshal.AsBytes(values), [values.Length]);

    /// <summary>Adds one whole number that the graph holds.</summary>
    public string Long(long value) => Constant(DataType.Int64, MemoryMarshal.AsBytes([value]), []);

    /// <summary>Adds a node with one output and returns that.</summary>
    public string Node(string operation, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var output = NextName();
        Node(operation, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds a node that splits a value at an axis.</summary>
    public string[] Split(string value, int axis, params long[] extents)
    {
        string[] outputs = [.. extents.Select(_ => NextName())];
        Node("Split", [value, Longs(extents)], outputs, At("axis", axis));
        return outputs;
    }

    /// <summary>An attribute that is a whole number.</summary>
    public static AttributeProto At(string label, long value) =>
        new() { Name = label, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>An attribute that is a list of whole numbers.</summary>
    public static AttributeProto List(string label, params ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = label, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (var value in values)
            attribute.Ints.Add(value);
        return attribute;
    }

    private void Node(
        string operation, IEnumerable<string> inputs, IEnumerable<string> outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { Name = $"{operation}_{_graph.Node.Count}", OpType = operation };
        node.Input.Add(inputs);
        node.Output.Add(outputs);
        foreach (var attribute in attributes)
            node.Attribute.Add(attribute);
        _graph.Node.Add(node);
    }

    private string Constant(DataType type, ReadOnlySpan<byte> values, ReadOnlySpan<long> extents)
    {
        var tensor = new TensorProto { Name = NextName(), DataType = (int)type, RawData = ByteString.CopyFrom(values) };
        foreach (var extent in extents)
            tensor.Dims.Add(extent);
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string NextName() => $"v{_names++}";

    private static ValueInfoProto Value(string label, DataType type, string? first, params ReadOnlySpan<long> extents)
    {
        var shape = new TensorShapeProto();
        if (first is not null)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = first });
        foreach (var extent in extents)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = extent });
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape };
        return new ValueInfoProto { Name = label, Type = new TypeProto { TensorType = tensor } };
    }
}
