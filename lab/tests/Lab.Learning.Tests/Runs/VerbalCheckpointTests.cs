using System.Text.Json.Nodes;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Tests;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Learning.Tests.Runs;

/// <summary>The weights that Python trained, examined here: the last line of Python's log comes out again.</summary>
public sealed class VerbalCheckpointTests
{
    [Fact]
    public void The_shipped_weights_answer_as_the_log_of_their_training_says()
    {
        var training = Path.Combine(Repository.Root, "models", "training");
        var run = RunFile.Read(Path.Combine(training, "runs", "verbal.yaml"));
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder.File("held-out.bin")))
            Corpus.Write(file, Corpus.Converse(new CorpusOptions { Seed = 104, Count = 4000, Split = Split.HeldOut }), run.Words);
        using var network = new Decoder(run.Shape, new SeededRandom(1));
        WeightsFile.Load(network, Path.Combine(training, "checkpoints", "verbal.safetensors"));
        var accuracy = new AnswerAccuracy(run.Words, TokenFile.Read(folder.File("held-out.bin")), problems: 180, limit: 120);
        var logged = JsonNode.Parse(File.ReadLines(Path.Combine(training, "logs", "verbal.log.jsonl")).Last())!;

        foreach (var format in (string[])["direct", "cot", "examine", "understand"])
        {
            var report = new JsonObject();
            accuracy.Add(report, network, format);
            // Two logits may be nearer to each other than two orders of summation: one answer of 180 may differ.
            Assert.Equal(logged[format]!.GetValue<double>(), report[format]!.GetValue<double>(), 0.0062);
        }
    }
}
