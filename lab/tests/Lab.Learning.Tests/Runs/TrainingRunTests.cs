using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Runs;

namespace CognitiveTools.Lab.Learning.Tests.Runs;

public sealed class TrainingRunTests
{
    public static TheoryData<string> Kinds => [.. TinyRun.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_run_that_was_stopped_and_resumed_ends_with_the_same_bits(string kind)
    {
        using var tiny = new TinyRun(TinyRun.Kinds[kind]);
        var whole = tiny.Execute("whole");
        tiny.Execute("parts", steps: 1);
        tiny.Execute("parts", resume: true, steps: 3);
        tiny.Execute("parts", resume: true, steps: 2);

        var resumed = tiny.Execute("parts", resume: true);

        Assert.Equal(whole["weights"], resumed["weights"]);
        Assert.Equal(Texts(whole["log"]), Texts(resumed["log"]));
    }

    [Fact]
    public void A_control_goes_through_the_stages_of_its_sibling()
    {
        using var tiny = new TinyRun(TinyRun.Kinds["stages"]);
        var sibling = tiny.Execute("out");
        File.Move(Path.Combine(tiny.Corpora, "out", "tiny.log.jsonl"), Path.Combine(tiny.Corpora, "out", "sibling.log.jsonl"));
        File.WriteAllText(tiny.RunPath, TinyRun.Kinds["stages, control"] + "\n  schedule: sibling.log.jsonl");

        var control = tiny.Execute("out");

        Assert.Equal(Ends(sibling["log"]), Ends(control["log"]));
        static string[] Ends(string log) => [.. Reports(log).Where(static report => report!["ended"] is not null)
            .Select(static report => $"{report!["stage"]} {report["problems"]}")];
    }

    [Fact]
    public void A_stage_with_a_corpus_of_its_own_learns_from_it()
    {
        using var own = new TinyRun(TinyRun.Kinds["rows, easy ones first"]);
        using var all = new TinyRun(TinyRun.Kinds["rows, verbal"]);
        Assert.NotEqual(Reports(all.Execute("out")["log"])[0]!["loss"]!.GetValue<double>(),
            Reports(own.Execute("out")["log"])[0]!["loss"]!.GetValue<double>());
    }

    [Fact]
    public void A_stage_of_epochs_is_a_stage_of_as_many_rows()
    {
        var yaml = TinyRun.Kinds["rows, verbal"];
        const string Stages = "[{thoughts: 1, rows: 24}, {thoughts: 2, rows: 36}]";
        Assert.Contains(Stages, yaml, StringComparison.Ordinal);
        using var rows = new TinyRun(yaml.Replace(Stages, "[{rows: 120}]", StringComparison.Ordinal));
        using var epochs = new TinyRun(yaml.Replace(Stages, "[{epochs: 1}]", StringComparison.Ordinal));

        Assert.Equal(rows.Execute("out")["log"], epochs.Execute("out")["log"]);

        using var both = new TinyRun(yaml.Replace(Stages, "[{rows: 120, epochs: 1}]", StringComparison.Ordinal));
        Assert.Contains("epochs", Assert.Throws<InvalidDataException>(() => both.Execute("out")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_loss_falls()
    {
        using var tiny = new TinyRun();
        var losses = Reports(tiny.Execute("out")["log"]).Select(static report => report!["loss"]!.GetValue<double>()).ToArray();
        Assert.True(losses.Length >= 3, "a report every 5,000 of 12,000 tokens, and one at the end");
        Assert.InRange(losses[^1], 0, losses[0] - 1);
    }

    [Fact]
    public void To_resume_without_a_checkpoint_is_refused()
    {
        using var tiny = new TinyRun();
        var error = Assert.Throws<FileNotFoundException>(() => tiny.Execute("out", resume: true));
        Assert.Contains("--resume", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused()
    {
        using var tiny = new TinyRun();
        tiny.Execute("out", steps: 1);
        File.WriteAllText(tiny.RunPath, TinyRun.Yaml.Replace("width: 32", "width: 64", StringComparison.Ordinal));
        var error = Assert.Throws<InvalidDataException>(() => tiny.Execute("out", resume: true));
        Assert.Contains("another run", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("boards")]
    [InlineData("depths")]
    [InlineData("depths, stacks")]
    public void Only_a_decoder_is_tuned(string kind)
    {
        using var tiny = new TinyRun("tune: {kind: lora, rank: 2}\n" + TinyRun.Kinds[kind]);
        Assert.Contains("tuned", Assert.Throws<InvalidDataException>(() => tiny.Execute("out")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rate: 0.003", "rate: fast", "rate")]
    [InlineData("  reportEvery: 5000", "  reportEach: 5000", "reportEach")]
    [InlineData("kind: next-token", "kind: last-token", "last-token")]
    [InlineData("kind: tokens", "kind: epochs", "epochs")]
    [InlineData("heads: 2", "heads: 3", "heads")]
    [InlineData("until: 1,", "until: 0.9,", "phases")]
    [InlineData("corpus: train.bin", "corpus: other.bin", "other.bin")]
    [InlineData("[cot, examine]", "[cot, graph]", "graph")]
    [InlineData("vocabulary: vocab.txt", "vocabulary: none.txt", "vocabulary")]
    [InlineData("context: 512", "context: 40", "context")]
    [InlineData("vocabulary: vocab.txt", "vocabulary: other.txt", "token")]
    public void What_is_wrong_in_a_run_is_named(string right, string wrong, string named)
    {
        using var tiny = new TinyRun(TinyRun.Yaml.Replace(right, wrong, StringComparison.Ordinal));
        var error = Record.Exception(() => tiny.Execute("out"));
        Assert.True(error is InvalidDataException or FileNotFoundException, $"{error}");
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows, easy ones first", "corpus: train.bin", "corpus: none.bin", "none.bin")]
    [InlineData("depths", "kind: recurrent,", "kind: recursive,", "recursive")]
    [InlineData("depths", "kind: recurrent-depth", "kind: next-token", "recurrent-depth")]
    [InlineData("depths", "kind: depths", "kind: tokens", "tokens")]
    [InlineData("depths", "depth: 3", "deep: 3", "deep")]
    [InlineData("depths", "coda: 1", "coda: 0", "coda")]
    [InlineData("depths", "heads: 2", "heads: 3", "heads")]
    [InlineData("depths", "context: 32", "context: 12", "context")]
    [InlineData("depths", "longer: longer.bin", "longer: none.bin", "none.bin")]
    [InlineData("depths, stacks", "{high: 1, low: 1}", "{high: 1}", "low")]
    [InlineData("depths, stacks", "[{high: 1, low: 1}, {high: 2, low: 1}]", "[]", "cycles")]
    [InlineData("depths, stacks", "layersPerStack: 1", "layers: 1", "layers")]
    [InlineData("tokens", "kind: next-token", "kind: hrm-cycles", "hrm-cycles")]
    [InlineData("updates", "kind: updates", "kind: tokens", "tokens")]
    [InlineData("updates", "reward: random", "reward: luck", "luck")]
    [InlineData("updates of a vector", "layer: 1", "layer: 2", "layer")]
    [InlineData("updates of a vector", "from: weights.safetensors\n", "", "from")]
    [InlineData("updates of a vector", "kind: vector", "kind: bias", "bias")]
    [InlineData("tokens, adapter", "rank: 2", "rang: 2", "rang")]
    [InlineData("tokens, sparse code", "active: 4", "active: 41", "active")]
    [InlineData("tokens, sparse code", "kind: tokens", "kind: rows", "rows")]
    [InlineData("lines", "code: 8", "codes: 8", "codes")]
    [InlineData("lines", "context: 32", "context: 4", "context")]
    [InlineData("lines", "kind: problems", "kind: tokens", "tokens")]
    [InlineData("lines", "objective: {kind: lines", "objective: {kind: next-token", "lines")]
    [InlineData("lines", "corpus: lines.bin", "corpus: operations.bin", "lines")]
    [InlineData("concepts", "head: regression", "head: guess", "guess")]
    [InlineData("concepts", "head: regression", "head: diffusion", "levels")]
    [InlineData("concepts", "head: regression", "head: regression, levels: 3", "levels")]
    [InlineData("concepts", "code: 8", "code: 16", "coder")]
    [InlineData("concepts", "coder: coder.yaml", "coder: none.yaml", "coder")]
    [InlineData("concepts", "coder: coder.yaml", "coder: run.yaml", "coder")]
    [InlineData("concepts", "coder: coder.yaml", "guidance: 2", "guidance")]
    [InlineData("concepts", "context: 32", "context: 4", "context")]
    [InlineData("concepts", "  problems: 40\n", "", "problems")]
    [InlineData("concepts", "heldOut: lines.bin", "heldOut: train.bin", "train.bin")]
    [InlineData("concepts, diffusion", "inference: 3", "inference: 9", "inference")]
    [InlineData("concepts, quantised", ", entries: 4", "", "entries")]
    [InlineData("concepts, quantised", "entries: 4", "entries: 4000", "entries")]
    public void What_is_wrong_in_a_run_of_another_kind_is_named(string kind, string right, string wrong, string named)
    {
        Assert.Contains(right, TinyRun.Kinds[kind], StringComparison.Ordinal);
        using var tiny = new TinyRun(TinyRun.Kinds[kind].Replace(right, wrong, StringComparison.Ordinal));
        var error = Record.Exception(() => tiny.Execute("out"));
        Assert.True(error is InvalidDataException or FileNotFoundException, $"{error}");
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_report_of_a_course_of_depths_examines_all_problems_and_longer_ones_at_every_depth()
    {
        using var tiny = new TinyRun(TinyRun.Kinds["depths"]);
        var final = Reports(tiny.Execute("out")["log"])[^1]!["final"]!;
        foreach (var (part, steps) in ((string, int[])[])[("held_out", [1, 2, 3, 4, 5, 6]), ("longer", [7, 8, 9, 10, 11, 12])])
        {
            var depths = final[part]!.AsObject();
            Assert.Equal(["1", "2", "4", "8", "16", "32"], depths.Select(static depth => depth.Key));
            Assert.All(depths, depth => Assert.Equal(
                ["all", .. steps.Select(static step => $"{step}")], depth.Value!.AsObject().Select(static share => share.Key)));
        }
    }

    [Theory]
    [InlineData(0.0, 1e-4 / 0.02)]
    [InlineData(0.01, 0.505)]
    [InlineData(0.02, 1.0)]
    [InlineData(0.51, 0.55)]
    [InlineData(1.0, 0.1)]
    public void The_rate_rises_linearly_and_sinks_by_a_cosine(double done, double share) =>
        Assert.Equal(share, TokenCourse.RateAt(done, 0.02), 1e-9);

    private static string[] Texts(string log) => Array.ConvertAll(Reports(log), static report => report!.ToJsonString());

    private static JsonNode?[] Reports(string log) =>
        [.. log.Split('\n').Select(static line => JsonNode.Parse("{" + line.TrimStart(',')))
            .Where(static line => line!["loss"] is not null)];
}
