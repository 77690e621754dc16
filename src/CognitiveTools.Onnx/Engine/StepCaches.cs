namespace CognitiveTools.Onnx.Engine;

/// <summary>
/// The core's keys and values, one set of rows for each application. A position that stopped early contributes its last
/// application's keys and values to all later ones, so that a deeper position can attend to every earlier position at every step
/// (Geiping et al. 2025, arXiv 2502.05171).
/// </summary>
internal sealed class StepCaches
{
    private readonly List<CacheRows> _steps;

    public StepCaches(int rowLength) => _steps = [new CacheRows(rowLength)];

    private StepCaches(IEnumerable<CacheRows> steps) => _steps = [.. steps];

    /// <summary>The earlier positions' rows for an application.</summary>
    /// <param name="step">Zero-based.</param>
    public CacheRows At(int step) => _steps[Math.Min(step, _steps.Count - 1)];

    /// <summary>A copy that shares the rows.</summary>
    public StepCaches Share() => new(_steps.Select(step => step.Share()));

    /// <summary>Adds positions that went through as many applications as there are items.</summary>
    public void Append(IReadOnlyList<float[]> computed)
    {
        while (_steps.Count < computed.Count)
            _steps.Add(_steps[^1].Share());
        for (var step = 0; step < _steps.Count; step++)
            _steps[step].Append(computed[Math.Min(step, computed.Count - 1)]);
    }

    /// <summary>Forgets all but the first positions.</summary>
    public void Truncate(int count) => _steps.ForEach(step => step.Truncate(count));
}
