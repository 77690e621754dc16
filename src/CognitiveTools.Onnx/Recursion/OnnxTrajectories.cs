using CognitiveTools.Depth;
using CognitiveTools.Onnx.Engine;
using CognitiveTools.Randomness;
using Microsoft.ML.OnnxRuntime;

namespace CognitiveTools.Onnx.Recursion;

/// <summary>
/// Trajectories of an <see cref="OnnxRecursiveModel"/>, one behind the other in the same tensors. Each draws its noise from a generator of
/// its own, so it is the same alone and beside others.
/// </summary>
internal sealed class OnnxTrajectories : IRecursiveTrajectories
{
    private readonly OnnxRecursiveModel _model;
    private readonly SeededRandom[] _random;
    private readonly long[] _cells;
    private readonly float[] _high, _low, _noise;
    private RecursiveAnswer[]? _answers;

    /// <param name="model">The model.</param>
    /// <param name="cells">The puzzle.</param>
    /// <param name="seeds">One for each trajectory.</param>
    public OnnxTrajectories(OnnxRecursiveModel model, long[] cells, IReadOnlyList<int> seeds)
    {
        _model = model;
        var manifest = model.Manifest;
        _random = [.. seeds.Select(SeededRandom.Of)];
        _cells = [.. seeds.SelectMany(_ => cells)];
        _high = new float[_cells.Length * manifest.Width];
        _low = new float[_high.Length];
        _noise = manifest.IsNoisy ? new float[_high.Length * manifest.Transitions] : [];
        for (var at = 0; at < _high.Length; at += manifest.Width)
        {
            model.Start[..manifest.Width].CopyTo(_high.AsSpan(at));
            model.Start[manifest.Width..].CopyTo(_low.AsSpan(at));
        }

        if (manifest.StartSigma > 0)
            Draw(_high, (value, normal) => value + manifest.StartSigma * normal);
    }

    /// <inheritdoc/>
    public ValueTask StepAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (count, manifest) = (_random.Length, _model.Manifest);
        var (side, width) = (manifest.Side, manifest.Width);
        Draw(_noise, static (_, normal) => normal);
        using var inputs = new InputTensors();
        List<OrtValue> values =
        [
            inputs.Positions(_cells), inputs.Floats(_high, count, side, width), inputs.Floats(_low, count, side, width),
            .. manifest.IsNoisy ? (OrtValue[])[inputs.Floats(_noise, count, manifest.Transitions, side, width)] : [],
        ];
        using var outputs = _model.Run(values);
        outputs[0].GetTensorDataAsSpan<float>().CopyTo(_high);
        outputs[1].GetTensorDataAsSpan<float>().CopyTo(_low);
        var logits = outputs[2].GetTensorDataAsSpan<float>();
        var worth = outputs[3].GetTensorDataAsSpan<float>();
        _answers = new RecursiveAnswer[count];
        for (var i = 0; i < count; i++)
            _answers[i] = new RecursiveAnswer(CellText.Best(logits.Slice(i * side * side, side * side), side), worth[i]);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public IReadOnlyList<RecursiveAnswer> Read() =>
        _answers ?? throw new InvalidOperationException("There is no answer before the first step. Call StepAsync first.");

    private void Draw(float[] values, Func<float, float, float> change)
    {
        var each = values.Length / _random.Length;
        for (var i = 0; i < _random.Length; i++)
        {
            foreach (ref var value in values.AsSpan(i * each, each))
                value = change(value, (float)SeededRandom.Normal(_random[i]));
        }
    }
}
