using CognitiveTools.Cli;
using CognitiveTools.Cli.Tests;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Lab.Commands.Models;
using CognitiveTools.Lab.Problems;
using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.ProsQa;
using CognitiveTools.Lab.Training.Cards;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Models;
using CognitiveTools.Models.Catalog;
using ShippedFiles = CognitiveTools.Cli.BundledFiles;

namespace CognitiveTools.Lab.Tests.Commands;

/// <summary>The models of the repository, as they are shipped.</summary>
public sealed class ReferenceModelTests
{
    private static readonly ModelStore Store = new(ModelCatalog.Load());

    public static TheoryData<string> Shipped => [.. ShippedCards.Names()];

    public static TheoryData<string> ShippedGguf =>
        [.. ShippedCards.Names().Where(name => Store.Resolve(name).Path.EndsWith(".gguf", StringComparison.Ordinal))];

    [Fact]
    public void The_reference_models_have_cards() => Assert.Contains("mini", ShippedCards.Names());

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task The_card_is_that_of_the_weights(string name)
    {
        var bytes = await File.ReadAllBytesAsync(Store.Resolve(name).Path, TestContext.Current.CancellationToken);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), ShippedCards.Find(name)!.Card.Sha256);
    }

    [Theory]
    [MemberData(nameof(ShippedGguf))]
    public void The_tokenizer_of_llama_cpp_gives_the_ids_the_model_was_trained_on(string name)
    {
        var family = name.Split('-')[0];
        if (family == "hrm")
            NewerNatives.Require();
        var ending = family switch
        {
            "alchemy" => "-alchemy",
            "heima" => "-heima",
            "hrm" => "-operations",
            "mini2" or "question" => "-skills",
            "prosqa" => "-prosqa",
            "trees" or "wander" => "-trees",
            _ => "",
        };
        var vocabulary = MiniVocabulary.Parse(File.ReadAllText(ShippedFiles.Find($"models/training/vocab{ending}.txt")));
        using var model = LlamaModel.Load(new LlamaModelOptions { Path = Store.Resolve(name).Path });
        Assert.Equal(vocabulary.Count, model.Tokenizer.Count);
        var seen = family switch
        {
            "alchemy" => new AlchemyGenerator(77, heldOut: false)
                .Draw([[Transformation.Rotate, Transformation.Shift, Transformation.Reverse]]).Take(400).Select(AlchemyGenerator.Converse),
            "hrm" => Corpus.Converse(new CorpusOptions { Seed = 77, Count = 400, Families = ["operations"] }),
            "prosqa" => new ProsGenerator(77, heldOut: false).Draw().Take(400).Select(static problem => problem.Converse(reasons: true)),
            "trees" or "wander" => new TracedCorpus(TracedCorpus.Families[family == "trees" ? 0 : 1]).Converse(new CorpusOptions
            {
                Seed = 77,
                Count = 400,
                Formats = new Dictionary<string, int>(StringComparer.Ordinal) { ["cot"] = 2, ["backtrack"] = 1, ["loop"] = 1 },
            }),
            _ => Corpus.Converse(new CorpusOptions { Seed = 77, Count = 400, SkillsApart = family is "heima" or "mini2" or "question" }),
        };
        foreach (var conversation in seen)
        {
            foreach (var passage in conversation.Passages)
                Assert.Equal(vocabulary.Encode(passage.Text), model.Tokenizer.Encode(passage.Text));
        }
    }

    [Theory]
    [InlineData("recurrent")]
    [InlineData("recurrent-twin")]
    public void A_recurrent_depth_model_has_the_vocabulary_it_was_trained_on(string name) =>
        Assert.Equal(
            File.ReadAllText(ShippedFiles.Find("models/training/vocab-operations.txt")),
            File.ReadAllText(Path.Combine(Path.GetDirectoryName(Store.Resolve(name).Path)!, "vocab.txt")));

    [Theory]
    [InlineData("operations", "heldOut", 2026)]
    [InlineData("longer-operations", "longer", 2027)]
    public void The_shipped_operations_are_those_the_generator_draws(string file, string split, int seed)
    {
        var drawn = ProblemFile.Write(new CardData(split, (ulong)seed, 400) { Families = ["operations"] }.Draw().Problems);
        Assert.Equal(drawn, File.ReadAllText(ShippedFiles.Find($"evals/problems/{file}.jsonl")));
    }

    [Fact]
    public async Task The_first_problems_of_the_main_job_come_out_as_the_card_says()
    {
        using var files = new TinyFiles();
        var run = await CommandRun.OfCogtoolsAsync(
            "eval", "--take", "40", "-a", "direct,cot", "-m", "mini", "-p", ShippedFiles.Find("evals/problems/held-out.jsonl"), "--run",
            files.PathOf("run"), "--json");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        using var summary = System.Text.Json.JsonDocument.Parse(run.Output);
        var correct = summary.RootElement.GetProperty("arms").EnumerateArray().Select(arm => arm.GetProperty("correct").GetInt32())
            .ToArray();

        // 38% and 89% of 600 on the card: these bounds leave more than four standard errors of a sample of 40.
        Assert.InRange(correct[0], 3, 28);
        Assert.InRange(correct[1], 27, 40);
    }

    [Theory]
    [InlineData("held-out", "heldOut", 2026)]
    [InlineData("reworded", "reworded", 2028)]
    [InlineData("longer", "longer", 2028, "recurrence,power,congruence,gcd,reach,digits")]
    [InlineData("first-wording", "heldOut", 2033, "", 1)]
    [InlineData("longer-first-wording", "longer", 2034, "congruence,digits,gcd,power,reach,recurrence", 1)]
    [InlineData("chains", "heldOut", 2035, "recurrence,power,congruence,chain", 0, 12)]
    [InlineData("reworded-chains", "reworded", 2036, "recurrence,power,congruence,chain", null, 12)]
    public void The_shipped_problems_are_those_the_generator_draws(
        string file, string split, int seed, string families = "", int? wordings = null, int? mostPrimitives = null)
    {
        var data = new CardData(split, (ulong)seed, 600)
        {
            Families = families.Split(',', StringSplitOptions.RemoveEmptyEntries),
            Wordings = wordings,
            MostPrimitives = mostPrimitives,
        };
        Assert.Equal(ProblemFile.Write(data.Draw().Problems), File.ReadAllText(ShippedFiles.Find($"evals/problems/{file}.jsonl")));
    }

    [Fact]
    public void The_shipped_DataAlchemy_problems_are_those_the_generator_draws()
    {
        var drawn = ProblemFile.Write(GeneralizationSuites.Draw("dataalchemy", 2026, 200).Problems);
        Assert.Equal(drawn, File.ReadAllText(ShippedFiles.Find("evals/problems/dataalchemy.jsonl")));
    }

    [Fact]
    public void The_shipped_problems_of_the_question_are_those_the_generator_draws()
    {
        var drawn = ProblemFile.Write(GeneralizationSuites.Draw("the-question", 2041, 300).Problems);
        Assert.Equal(drawn, File.ReadAllText(ShippedFiles.Find("evals/problems/the-question.jsonl")));
    }

    [Fact]
    public async Task A_model_without_a_card_is_named_with_those_that_have_one()
    {
        var run = await CommandRun.OfAsync("models", "verify", "tinyllama");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("mini", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--split", "beheld")]
    [InlineData("--count", "0")]
    [InlineData("--families", "poems")]
    public async Task Wrong_wishes_for_generated_problems_are_refused(string option, string value)
    {
        var run = await CommandRun.OfAsync("data", "problems", option, value);
        Assert.NotEqual(ExitCodes.Success, run.ExitCode);
        Assert.Contains(value, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corpus_plan_is_written_file_by_file_and_a_wrong_key_is_named()
    {
        using var files = new TinyFiles();
        var vocabulary = ShippedFiles.Find("models/training/vocab.txt");
        var plan = files.PathOf("plan.yaml");
        await File.WriteAllTextAsync(
            plan, $"vocabulary: {vocabulary}\ncorpora:\n  - {{file: a.bin, seed: 1, count: 20}}\n  - {{file: g.bin, seed: 1, count: 5, "
                + $"graphs: true}}\n", TestContext.Current.CancellationToken);
        var run = await CommandRun.OfAsync("data", "corpora", "--plan", plan, "--out", files.PathOf("out"));
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.All(["a.bin", "g.bin"], name => Assert.True(new FileInfo(Path.Combine(files.PathOf("out"), name)).Length > 100));

        await File.WriteAllTextAsync(
            plan, $"vocabulary: {vocabulary}\ncorpora:\n  - {{file: a.bin, seed: 1, count: 20, alchemy: [f1g2]}}\n",
            TestContext.Current.CancellationToken);
        Assert.Contains(
            "plan.yaml:3: alchemy", (await CommandRun.OfAsync("data", "corpora", "--plan", plan, "--out", files.PathOf("out"))).Error,
            StringComparison.Ordinal);

        await File.WriteAllTextAsync(
            plan, $"vocabulary: {vocabulary}\ncorpora:\n  - {{file: a.bin, sead: 1, count: 20}}\n", TestContext.Current.CancellationToken);
        var refused = await CommandRun.OfAsync("data", "corpora", "--plan", plan, "--out", files.PathOf("out"));
        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.Contains("plan.yaml:3: sead", refused.Error, StringComparison.Ordinal);
    }
}
