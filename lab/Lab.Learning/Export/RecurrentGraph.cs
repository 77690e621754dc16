using CognitiveTools.Lab.Learning.Networks;
using TorchSharp;
using static CognitiveTools.Lab.Learning.Export.OnnxGraph;

namespace CognitiveTools.Lab.Learning.Export;

/// <summary>
/// The graphs of a recurrent-depth model. Rows stand without a batch dimension. Every graph takes the positions of its rows and the keys
/// and values of all positions before them (positions x blocks x 2 x heads x head size), and gives those of its rows; whoever runs it keeps
/// them. The coda takes the embedding matrix as an input, because it is the output matrix as well and need not be stored twice.
/// </summary>
internal sealed class RecurrentGraph
{
    private const string Rows = "rows", Before = "before", Positions = "positions", Past = "past", New = "new";

    private readonly RecurrentDecoder _network;
    private readonly RecurrentShape _shape;
    private readonly OnnxGraph _graph;
    private readonly List<string> _added = [];
    private string? _bias;

    private RecurrentGraph(RecurrentDecoder network, string name) =>
        (_network, _shape, _graph) = (network, network.Shape, new OnnxGraph(name));

    /// <summary>From input rows to e.</summary>
    public static byte[] Prelude(RecurrentDecoder network) => new RecurrentGraph(network, "prelude").Prelude();

    /// <summary>From a state and e to the next state.</summary>
    public static byte[] Core(RecurrentDecoder network) => new RecurrentGraph(network, "core").Core();

    /// <summary>From a state to hidden states and logits.</summary>
    public static byte[] Coda(RecurrentDecoder network) => new RecurrentGraph(network, "coda").Coda();

    private byte[] Prelude()
    {
        var x = _graph.Input("rows", Rows, _shape.Width);
        _graph.Output(Through(x, [.. Block.Named("prelude", _shape.Prelude)], _shape.Prelude), "e", Rows, _shape.Width);
        return Finish();
    }

    private byte[] Core()
    {
        var (state, e) = (_graph.Input("state", Rows, _shape.Width), _graph.Input("e", Rows, _shape.Width));
        foreach (var (adapter, blocks, norm) in _shape.CoreParts)
        {
            var joined = _graph.Node("Concat", [state, e], At("axis", -1));
            state = Norm(Through(Product(joined, adapter), blocks, _shape.Core), norm);
        }

        _graph.Output(state, "next", Rows, _shape.Width);
        return Finish();
    }

    private byte[] Coda()
    {
        var state = _graph.Input("state", Rows, _shape.Width);
        var x = Through(state, [.. Block.Named("coda", _shape.Coda)], _shape.Coda);
        var embeddings = _graph.Input("embeddings", null, _shape.Vocabulary, _shape.Width);
        var hidden = Norm(x, "norm");
        _graph.Output(hidden, "hidden", Rows, _shape.Width);
        var logits = _graph.Node("MatMul", [hidden, _graph.Node("Transpose", [embeddings], List("perm", 1, 0))]);
        _graph.Output(logits, "logits", Rows, _shape.Vocabulary);
        return Finish();
    }

    private byte[] Finish()
    {
        var added = _graph.Node("Concat", _added, At("axis", 1));
        _graph.Output(added, New, Rows, _added.Count, 2, _shape.Heads, _shape.HeadSize);
        return _graph.ToArray();
    }

    // All blocks of a graph, of which there are so many, share positions, cache and penalty.
    private string Through(string x, string[] blocks, int all)
    {
        if (_bias is null)
        {
            _graph.Indices(Positions, Rows);
            _graph.Input(Past, Before, all, 2, _shape.Heads, _shape.HeadSize);
            _bias = Bias();
        }

        foreach (var block in blocks)
        {
            var (mixed, pair) = Attend(Norm(x, $"{block}.attention_norm"), block, _added.Count, _bias);
            x = Sum(x, Product(mixed, $"{block}.output"));
            var parts = _graph.Split(Product(Norm(x, $"{block}.feed_norm"), $"{block}.gate_up"), -1, _shape.Hidden, _shape.Hidden);
            var gate = Times(parts[0], _graph.Node("Sigmoid", [parts[0]]));
            x = Sum(x, Product(Times(gate, parts[1]), $"{block}.down"));
            _added.Add(_graph.Node("Unsqueeze", [pair, _graph.Longs(1)]));
        }

        return x;
    }

    // What attention adds to its scores, heads x rows x (before + rows): -1e9 at later positions, the head's penalty at earlier ones.
    private string Bias()
    {
        var zero = _graph.Long(0);
        var keys = _graph.Node("Range", [zero, Sum(Extent(Past), Extent(Positions)), _graph.Long(1)]);
        var distance = _graph.Node("Cast", [_graph.Node("Sub", [Unsqueeze(Positions, 1), Unsqueeze(keys, 0)])], At("to", 1));
        float[] penalties = [.. RecurrentDecoder.Slopes(_shape.Heads).Select(static slope => -slope)];
        var penalty = Times(_graph.Floats(penalties, _shape.Heads, 1, 1), distance);
        return _graph.Node("Where", [_graph.Node("Less", [distance, _graph.Float(0)]), _graph.Float((float)BlockParts.NeverSeen), penalty]);

        string Extent(string value) => _graph.Node("Gather", [_graph.Node("Shape", [value]), zero], At("axis", 0));
        string Unsqueeze(string value, long axis) => _graph.Node("Unsqueeze", [value, _graph.Longs(axis)]);
    }

    private (string Mixed, string Pair) Attend(string x, string block, int index, string bias)
    {
        var qkv = _graph.Node("Reshape", [Product(x, $"{block}.qkv"), _graph.Longs(-1, 3, _shape.Heads, _shape.HeadSize)]);
        var parts = _graph.Split(qkv, 1, 1, 2);
        var pairs = _graph.Node("Concat", [Pick(Past, index), parts[1]], At("axis", 0));
        var queries = Transpose(_graph.Node("Squeeze", [parts[0], _graph.Longs(1)]), 1, 0, 2);
        var products = _graph.Node("MatMul", [queries, Transpose(Pick(pairs, 0), 1, 2, 0)]);
        var scores = Times(products, _graph.Float(1 / MathF.Sqrt(_shape.HeadSize)));
        var shares = _graph.Node("Softmax", [Sum(scores, bias)], At("axis", -1));
        var mixed = Transpose(_graph.Node("MatMul", [shares, Transpose(Pick(pairs, 1), 1, 0, 2)]), 1, 0, 2);
        return (_graph.Node("Reshape", [mixed, _graph.Longs(-1, _shape.Width)]), parts[1]);

        string Pick(string value, long at) => _graph.Node("Gather", [value, _graph.Long(at)], At("axis", 1));
        string Transpose(string value, params ReadOnlySpan<long> order) => _graph.Node("Transpose", [value], List("perm", order));
    }

    private string Norm(string x, string weight)
    {
        var mean = _graph.Node("ReduceMean", [Times(x, x)], List("axes", -1), At("keepdims", 1));
        var root = _graph.Node("Sqrt", [Sum(mean, _graph.Float((float)_shape.NormEpsilon))]);
        var weights = _graph.Floats(WeightsFile.Floats(_network.Parameters[weight]), _shape.Width);
        return Times(_graph.Node("Div", [x, root]), weights);
    }

    private string Product(string x, string weight)
    {
        using var scope = torch.NewDisposeScope();
        var matrix = _network.Parameters[weight].t();
        return _graph.Node("MatMul", [x, _graph.Floats(WeightsFile.Floats(matrix), matrix.shape)]);
    }

    private string Sum(string left, string right) => _graph.Node("Add", [left, right]);

    private string Times(string left, string right) => _graph.Node("Mul", [left, right]);
}
