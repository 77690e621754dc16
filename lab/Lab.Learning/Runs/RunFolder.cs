using System.Text.Json;
using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Networks;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>
/// The files of a run: <c>NAME.safetensors</c> and <c>NAME.json</c>, or <c>NAME.gguf</c>, and <c>NAME.checkpoint</c> and
/// <c>NAME.log.jsonl</c>.
/// </summary>
/// <param name="folder">Where they are.</param>
/// <param name="run">The run.</param>
internal sealed class RunFolder(string folder, RunFile run)
{
    /// <summary>The checkpoint's path.</summary>
    public string Checkpoint => PathOf(".checkpoint");

    /// <summary>The weights' path.</summary>
    public string Weights => PathOf(".safetensors");

    /// <summary>Creates the folder and begins the log anew unless the run is resumed.</summary>
    public void Open(bool resume)
    {
        Directory.CreateDirectory(folder);
        if (!resume)
            File.WriteAllText(PathOf(".log.jsonl"), "");
    }

    /// <summary>Adds a line to the log and returns it.</summary>
    public string Log(JsonObject record)
    {
        var line = record.ToJsonString();
        File.AppendAllText(PathOf(".log.jsonl"), line + "\n");
        return line;
    }

    /// <summary>Writes the weights, and the sizes as <c>coglab models pack --config</c> takes them.</summary>
    public void SaveWeights(INetwork network)
    {
        WeightsFile.Save(network, Weights);
        File.WriteAllText(
            PathOf(".json"), JsonSerializer.Serialize(new JsonObject { ["name"] = run.Name, ["model"] = network.Sizes }) + "\n");
    }

    /// <summary>Writes what was learned in place of the weights, <c>NAME.gguf</c>.</summary>
    public void Save(ILearnedFile product) => product.Write(PathOf(".gguf"), run.Name);

    /// <summary>Writes the weights as <c>NAME-STEP.safetensors</c>, where later ones do not replace them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="step">Steps made.</param>
    /// <param name="rate">The learning rate of the next step.</param>
    public void KeepWeights(INetwork network, long step, double rate) =>
        WeightsFile.Save(network, PathOf($"-{step:D6}.safetensors"), rate);

    private string PathOf(string ending) => Path.Combine(folder, run.Name + ending);
}
