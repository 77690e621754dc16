using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Influence;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Lab.Problems.Mixture;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Tests;

namespace CognitiveTools.Lab.Learning.Tests.Influence;

/// <summary>A whole study with a network that learns nothing in its two epochs: what is trained when, and what is written.</summary>
public sealed class InfluenceStudyTests : IDisposable
{
    private const string Yaml = """
        name: tiny
        seed: 1
        vocabulary: vocab.txt
        model: {width: 16, layers: 1, heads: 2, hidden: 16, context: 64}
        objective: {kind: next-token}
        batch: 16
        rate: 0.003
        course:
          kind: rows
          corpus: records.bin
          heldOut: queries.bin
          stages: [{epochs: 2}]
          reportEvery: 160
          enough: 2
        """;

    private readonly TemporaryFolder _folder = new();

    public InfluenceStudyTests()
    {
        var words = AlchemyVocabulary.Build();
        File.WriteAllText(_folder.File("vocab.txt"), words.ToFile());
        File.WriteAllText(_folder.File("run.yaml"), Yaml);
        Write("records.bin", Mixed.Records(5, 160));
        Write("queries.bin", Mixed.Queries(5, 16));

        void Write(string name, IEnumerable<Problems.Generation.Conversation> conversations)
        {
            using var file = File.Create(_folder.File(name));
            Corpus.Write(file, conversations, words);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_study_trains_each_part_once_and_goes_on_where_it_was_stopped()
    {
        var trained = new List<string>();
        // Two methods: for each kind of query the best and the worst of both, and two draws; then two halves.
        var figures = Study(["ekfac", "tracin"], trained).Execute(TestContext.Current.CancellationToken);

        Assert.Equal(2 * (2 * 2 + 2), figures["removal"]!.AsArray().Count);
        Assert.Equal(figures["trainings"]!.GetValue<int>(), trained.Count);
        Assert.Equal(2, figures["checkpoints"]!.GetValue<int>());
        Assert.Single(trained, static line => line.StartsWith("trained on 160 ", StringComparison.Ordinal));
        Assert.Equal(2, trained.Count(static line => line.StartsWith("trained on 80 ", StringComparison.Ordinal)));
        Assert.Empty(Directory.GetDirectories(_folder.File("study"), "part-*"));

        // A crash left half a line; that training is made again, and no other.
        var log = _folder.File("study/tiny.retrained.jsonl");
        File.WriteAllText(log, File.ReadAllText(log)[..^30]);
        var again = new List<string>();
        var repeated = Study(["ekfac", "tracin"], again).Execute(TestContext.Current.CancellationToken);

        Assert.Single(again);
        Assert.Equal(Without(figures), Without(repeated));

        static string Without(System.Text.Json.Nodes.JsonObject all)
        {
            all.Remove("secondsOfTraining");
            return all.ToJsonString();
        }
    }

    [Fact]
    public void The_table_has_a_line_for_every_figure()
    {
        using var text = new StringWriter();
        var figures = Study(["cosine"], []).Execute(TestContext.Current.CancellationToken);
        StudyTable.Write(text, figures);

        Assert.Contains("cosine: same procedure", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("cosine: facts, best 5", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("procedures: random of the kind 10, none", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("linear datamodelling score", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Corpora_of_another_kind_are_refused_by_name()
    {
        var file = Objectives.SmallCorpus.File;
        var exception = Assert.Throws<InvalidDataException>(() => MixtureRow.ReadAll(file, Objectives.SmallCorpus.Words));
        Assert.Contains(file.Name, exception.Message, StringComparison.Ordinal);
        Assert.Contains("corpora-influence.yaml", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_a_corpus_has_the_rows_that_were_asked_for()
    {
        var whole = TokenFile.Read(_folder.File("records.bin"));
        whole.Write(_folder.File("part.bin"), [7, 3]);
        var part = TokenFile.Read(_folder.File("part.bin"));

        Assert.Equal(2, part.Count);
        Assert.Equal(whole.Ids(7), part.Ids(0));
        Assert.Equal(whole.Learned(3), part.Learned(1));
        Assert.Equal((whole.Format(3), whole.Family(3), whole.Steps(3)), (part.Format(1), part.Family(1), part.Steps(1)));
    }

    [Fact]
    public void Weights_without_a_rate_do_not_serve_tracin()
    {
        var run = RunFile.Read(_folder.File("run.yaml"));
        using (var training = new TrainingRun(run, _folder.Path, _folder.File("out")))
            training.Execute(resume: false, TestContext.Current.CancellationToken);
        var (records, queries) = (run.Open(_folder.Path, "records.bin"), run.Open(_folder.Path, "queries.bin"));
        var matrix = new InfluenceMatrix(records, queries, [0]);

        var exception = Assert.Throws<InvalidDataException>(() => InfluenceMethods.Scores(
            "tracin", run, [_folder.File("out/tiny.safetensors")], matrix, 0.1, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("tiny.safetensors", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--keep", exception.Message, StringComparison.Ordinal);
    }

    private InfluenceStudy Study(string[] methods, List<string> trained)
    {
        var run = RunFile.Read(_folder.File("run.yaml"));
        return new InfluenceStudy(
            run,
            Yaml,
            run.Open(_folder.Path, "records.bin"),
            run.Open(_folder.Path, "queries.bin"),
            _folder.File("study"),
            new StudyOptions(methods, Removed: 10, Seeds: 1, Subsets: 2, Tops: [1, 5], EkFac.DefaultDamping))
        {
            Progress = trained.Add,
        };
    }
}
