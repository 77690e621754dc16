using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Training.Packing;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>
/// All that a run needs to go on as if it had not stopped: parameters, the optimiser's two means, and progress, in one safetensors file.
/// </summary>
/// <param name="vectors">The network's parameters, then the objective's own.</param>
/// <param name="optimizer">The optimiser.</param>
internal sealed class Checkpoint(IReadOnlyList<ParameterVector> vectors, AdamW optimizer)
{
    private const string ProgressKey = "progress";

    /// <summary>Writes a checkpoint in place of the one before.</summary>
    public void Save(string path, JsonObject progress)
    {
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(
            path,
            [.. Tensors().Select(static named => (named.Name, named.Value.shape, WeightsFile.Floats(named.Value)))],
            [KeyValuePair.Create(ProgressKey, progress.ToJsonString())]);
    }

    /// <summary>Reads a checkpoint into network, objective and optimiser, and returns the progress.</summary>
    /// <exception cref="FileNotFoundException">There is no checkpoint.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or of a run with other sizes.</exception>
    public JsonObject Load(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no checkpoint '{path}' to resume from. Leave --resume out to begin anew.", path);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var file = SafetensorsFile.Open(path);
        foreach (var (name, value) in Tensors())
        {
            if (!file.TryGetTensor(name, out var stored) || !stored.Shape.SequenceEqual(value.shape))
            {
                throw new InvalidDataException(
                    $"{path}: {name}: this run needs {value.numel()} numbers. The checkpoint is of another run.");
            }

            value.copy_(tensor(WeightsFile.Read(file, stored)));
        }

        return file.Metadata.TryGetValue(ProgressKey, out var text) && JsonNode.Parse(text) is JsonObject progress
            ? progress
            : throw new InvalidDataException($"{path}: {ProgressKey}: is missing. This is not a checkpoint; name one that a run wrote.");
    }

    private IEnumerable<(string Name, Tensor Value)> Tensors()
    {
        for (var i = 0; i < vectors.Count; i++)
        {
            yield return ($"parameters.{i}", vectors[i].Values);
            yield return ($"first.{i}", optimizer.Moments[i].First);
            yield return ($"second.{i}", optimizer.Moments[i].Second);
        }
    }
}
