using CognitiveTools.Lab.Learning.Networks;
using TorchSharp;
using static CognitiveTools.Lab.Learning.Export.OnnxGraph;

namespace CognitiveTools.Lab.Learning.Export;

/// <summary>
/// The graph of one step of supervision of a <see cref="Gram"/>, all its transitions unrolled. It takes the cells of any number of
/// trajectories one behind the other, their two states (trajectories x cells x width) and, where transitions add noise, standard normal
/// numbers (trajectories x transitions x cells x width), and gives the next states, the logits of each cell and the value.
/// </summary>
internal sealed class GramGraph
{
    private const string Trajectories = "trajectories";

    private readonly Gram _network;
    private readonly GramShape _shape;
    private readonly OnnxGraph _graph = new("step");
    private readonly Dictionary<string, string> _held = new(StringComparer.Ordinal);

    private GramGraph(Gram network) => (_network, _shape) = (network, network.Shape);

    /// <summary>The graph as a file holds it.</summary>
    public static byte[] Step(Gram network) => new GramGraph(network).Step();

    private byte[] Step()
    {
        var e = Read(_graph.Indices("cells", "cells"));
        var high = _graph.Input("high", Trajectories, _shape.Side, _shape.Width);
        var low = _graph.Input("low", Trajectories, _shape.Side, _shape.Width);
        var noise = _shape.IsNoisy
            ? _graph.Input("noise", Trajectories, _shape.Transitions, _shape.Side, _shape.Width) : null;
        for (var i = 0; i < _shape.Transitions; i++)
        {
            for (var inner = 0; inner < _shape.Inner; inner++)
                low = Stack("low", Sum(Sum(high, low), e));
            var u = Stack("high", Sum(high, low));
            var parts = _graph.Split(Product(u, "prior"), -1, _shape.Width, _shape.Width);
            high = Sum(u, parts[0]);
            if (noise is not null)
                high = Sum(high, Times(Sigma(parts[1]), _graph.Node("Gather", [noise, _graph.Long(i)], At("axis", 1))));
        }

        _graph.Output(high, "nextHigh", Trajectories, _shape.Side, _shape.Width);
        _graph.Output(low, "nextLow", Trajectories, _shape.Side, _shape.Width);
        _graph.Output(Product(high, "logits"), "logits", Trajectories, _shape.Side, _shape.Side);
        var valued = Product(Silu(Product(high, "value.in")), "value.out");
        var mean = _graph.Node("ReduceMean", [valued], List("axes", 1, 2), At("keepdims", 0));
        _graph.Output(_graph.Node("Sigmoid", [mean]), "value", Trajectories);
        return _graph.ToArray();
    }

    private string Read(string cells)
    {
        var rows = _graph.Node("Gather", [Held("cell"), cells], At("axis", 0));
        var boards = _graph.Node("Reshape", [rows, _graph.Longs(-1, _shape.Side, _shape.Width)]);
        return Times(Sum(boards, Held("place")), _graph.Float(MathF.Sqrt(_shape.Width)));
    }

    private string Sigma(string logSigma) => _shape.Noise == GramNoise.Fixed
        ? _graph.Float((float)_shape.Sigma)
        : _graph.Node("Exp", [_graph.Node(
            "Clip",
            [
                _graph.Node("Sub", [logSigma, Held("prior.narrow")]),
                Single(Gram.LeastLogSigma), Single(Gram.MostLogSigma),
            ])]);

    private string Stack(string name, string x)
    {
        foreach (var block in Block.Named(name, _shape.Blocks))
        {
            x = Sum(x, Product(Attend(Norm(x, $"{block}.attention_norm"), block), $"{block}.output"));
            var parts = _graph.Split(
                Product(Norm(x, $"{block}.feed_norm"), $"{block}.gate_up"), -1, _shape.Hidden, _shape.Hidden);
            x = Sum(x, Product(Times(Silu(parts[0]), parts[1]), $"{block}.down"));
        }

        return Norm(x, $"{name}.norm");
    }

    private string Attend(string x, string block)
    {
        var qkv = _graph.Node(
            "Reshape", [Product(x, $"{block}.qkv"), _graph.Longs(-1, _shape.Side, 3, _shape.Heads, _shape.HeadSize)]);
        var (queries, keys, values) = (Pick(0, 0, 2, 1, 3), Pick(1, 0, 2, 3, 1), Pick(2, 0, 2, 1, 3));
        var scores = Times(_graph.Node("MatMul", [queries, keys]), _graph.Float(1 / MathF.Sqrt(_shape.HeadSize)));
        var mixed = _graph.Node("MatMul", [_graph.Node("Softmax", [scores], At("axis", -1)), values]);
        return _graph.Node(
            "Reshape",
            [_graph.Node("Transpose", [mixed], List("perm", 0, 2, 1, 3)), _graph.Longs(-1, _shape.Side, _shape.Width)]);

        string Pick(long part, params ReadOnlySpan<long> order) => _graph.Node(
            "Transpose", [_graph.Node("Gather", [qkv, _graph.Long(part)], At("axis", 2))], List("perm", order));
    }

    private string Norm(string x, string weight)
    {
        var mean = _graph.Node("ReduceMean", [Times(x, x)], List("axes", -1), At("keepdims", 1));
        var root = _graph.Node("Sqrt", [Sum(mean, _graph.Float((float)_shape.NormEpsilon))]);
        return Times(_graph.Node("Div", [x, root]), Held(weight));
    }

    private string Silu(string x) => Times(x, _graph.Node("Sigmoid", [x]));

    private string Product(string x, string weight) => _graph.Node("MatMul", [x, Held(weight, turned: true)]);

    // A weight that several places use is stored once.
    private string Held(string weight, bool turned = false)
    {
        if (_held.TryGetValue(weight, out var name))
            return name;
        using var scope = torch.NewDisposeScope();
        var value = turned ? _network.Parameters[weight].t() : _network.Parameters[weight];
        return _held[weight] = _graph.Floats(WeightsFile.Floats(value), value.shape);
    }

    private string Single(double value) => _graph.Floats([(float)value], []);

    private string Sum(string left, string right) => _graph.Node("Add", [left, right]);

    private string Times(string left, string right) => _graph.Node("Mul", [left, right]);
}
