using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Suites;

namespace CognitiveTools.Evals.Tests.Suites;

public sealed class SuiteFileTests
{
    [Fact]
    public void A_suite_is_read_with_all_its_keys()
    {
        var suite = Parse("""
            name: demo
            problems: ../p.jsonl
            skip: 1
            take: 8
            shuffle: 3
            samples: 4
            temperature: 0.7
            seed: 9
            answers: integer-lenient
            baseline: cot
            budget:
              positions: 100
              tokensPerTurn: 50
              toolCalls: 0
              callsPerTool: 1
              wallTimeSeconds: 2.5
            arms:
              - direct
              - cot
              - name: soft
                reasoner: latent:rule=soft,steps=8
              - name: soft-off
                reasoner: latent:rule=soft,steps=8/zeroed
              - name: dots
                reasoner: pause:steps=8
                controlOf: soft
            """);

        Assert.Equal(("demo", 1, 8, 3), (suite.Name, suite.Skip, suite.Take, suite.Shuffle));
        Assert.Equal((4, 0.7f, 9), (suite.Samples, suite.Temperature, suite.Seed));
        Assert.Equal("integer-lenient", suite.Answers.Name);
        Assert.Equal("cot", suite.BaselineArm.Name);
        var budget = suite.Budget;
        Assert.Equal((100, 50, 0, 1), (budget.Positions, budget.TokensPerTurn, budget.ToolCalls, budget.CallsPerTool));
        Assert.Equal(TimeSpan.FromSeconds(2.5), suite.Budget.WallTime);
        Assert.Equal([null, null, null, "soft", "soft"], suite.Arms.Select(a => a.ControlOf));
        Assert.Equal("pause:steps=8", suite.Arms[^1].Reasoner.ToString());
    }

    [Theory]
    [InlineData("integer")]
    [InlineData("integer-lenient")]
    [InlineData("expression")]
    public void Every_kind_of_answer_is_found_by_its_name(string answers) =>
        Assert.Equal(answers, Parse($"arms: [direct]\nanswers: {answers}").Answers.Name);

    [Theory]
    [InlineData("arms: [direct]\nsample: 3", "s.yaml:2", "sample")]
    [InlineData("arms: [direct]\nsamples: many", "s.yaml:2", "samples")]
    [InlineData("arms: [direct]\nsamples: 0", "s.yaml:2", "samples")]
    [InlineData("arms: [direct]\ntemperature: warm", "s.yaml:2", "temperature")]
    [InlineData("arms: [direct]\nanswers: poems", "s.yaml:2", "answers")]
    [InlineData("arms: [direct]\nbudget: 7", "s.yaml:2", "budget")]
    [InlineData("arms: [direct]\nbudget:\n  position: 7", "s.yaml:3", "position")]
    [InlineData("arms: [direct]\nbaseline: cot", "s.yaml", "baseline")]
    [InlineData("arms: [direct]\nsamples: 2\ntemperature: 0", "s.yaml", "temperature")]
    [InlineData("arms: [direct, direct]", "s.yaml:1", "twice")]
    [InlineData("arms: [direct, 'latent:steps']", "s.yaml:1", "steps")]
    [InlineData("arms:\n  - name: a\n    reasoner: cot\n    controlOf: b", "s.yaml:2", "'b'")]
    [InlineData("arms:\n  - {name: a, reasoner: cot, controlOf: b}\n  - {name: b, reasoner: cot, controlOf: a}", "s.yaml:2", "circle")]
    [InlineData("arms: [{reasoner: cot, optional: perhaps}]", "s.yaml:1", "optional")]
    [InlineData("arms: [{reasoner: cot, optional: true}, direct]", "s.yaml", "optional")]
    [InlineData("arms: []", "s.yaml:1", "No arm")]
    [InlineData("name: x", "s.yaml", "arms")]
    [InlineData("arms: [", "s.yaml:2", "YAML")]
    [InlineData("- direct", "s.yaml", "mapping")]
    public void A_mistake_is_refused_with_file_line_and_key(string yaml, string place, string key)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Parse(yaml));

        Assert.Contains(place, exception.Message, StringComparison.Ordinal);
        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_path_counts_from_the_suite_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("s.yaml", "problems: sets/p.jsonl\narms: [direct]");

        Assert.Equal(folder.File("sets/p.jsonl"), SuiteFile.Read(path).Problems);
    }

    [Theory]
    [InlineData("aime24", "aime24")]
    [InlineData("aime24+aime25", "aime24+aime25")]
    [InlineData("here+aime25", "*here+aime25")]
    [InlineData("here+sets/p.jsonl", "*here+*sets/p.jsonl")]
    [InlineData("1+1.jsonl", "*1+1.jsonl")]
    public void Names_of_imported_sets_stay_and_files_count_from_the_suite_file(string problems, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("here", "");
        folder.Write("1+1.jsonl", "");
        var path = folder.Write("s.yaml", $"problems: {problems}\narms: [direct]");

        Assert.Equal(expected.Replace("*", folder.File("x")[..^1], StringComparison.Ordinal), SuiteFile.Read(path).Problems);
    }

    [Fact]
    public void Files_and_sets_joined_by_a_plus_are_taken_apart_but_for_a_plus_in_a_path()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (folder.Write("c++.jsonl", ""), folder.Write("b.jsonl", ""));

        Assert.Equal([first, second, "aime24"], ProblemNames.Split($"{first}+{second}+aime24"));
        Assert.Equal([first], ProblemNames.Split(first));
        Assert.Equal(["aime24"], ProblemNames.Split("aime24"));
    }

    [Fact]
    public void The_shipped_suite_names_every_arm_and_links_the_control()
    {
        var suite = SuiteFile.Read(Path.Combine(Repository.Root, "evals", "suites", "slice.yaml"));

        Assert.Equal(["direct", "cot", "tools", "latent", "pause", "latent/zeroed"], suite.Arms.Select(a => a.Name));
        Assert.Equal("latent", suite.Arms[^1].ControlOf);
    }

    [Fact]
    public void The_default_suite_pairs_every_control_with_its_arm_on_the_same_model_or_as_it_says()
    {
        var suite = SuiteFile.Read(Path.Combine(Repository.Root, "evals", "suites", "default.yaml"));

        Assert.Equal("mini2-narrow", suite.Model);
        var controls = suite.Arms.Where(a => a.ControlOf == "coconut").Select(a => a.Name);
        Assert.Equal(["coconut/zeroed", "coconut/transplanted", "pause"], controls);
        const string Latent = "mini2-coconut-worded";
        Assert.Equal([Latent, Latent, Latent, "mini2-pause-worded"], suite.Arms.Select(a => a.Model).OfType<string>());
    }

    [Fact]
    public void A_control_on_another_model_is_not_taken_for_a_control()
    {
        const string Text = "arms: [{name: a, model: x, reasoner: latent}, {name: b, model: y, reasoner: latent/zeroed}]";
        var suite = SuiteFile.Parse(new StringReader(Text), "s.yaml");

        Assert.Null(suite.Arms[1].ControlOf);
        var onOther = suite with { Arms = [suite.Arms[0], suite.Arms[1] with { Model = "x" }] };
        Assert.NotEqual(suite.Hash([new("a", "p", "1")]), onOther.Hash([new("a", "p", "1")]));
    }

    [Fact]
    public void Arms_on_the_command_line_may_have_settings()
    {
        var arms = ArmList.Parse("direct, latent:rule=soft,steps=8, latent:rule=soft,steps=8/zeroed, pause");

        Assert.Equal(["direct", "latent:rule=soft,steps=8", "latent:rule=soft,steps=8/zeroed", "pause"], arms.Select(a => a.Name));
        Assert.Equal([null, null, "latent:rule=soft,steps=8", null], arms.Select(a => a.ControlOf));
    }

    [Fact]
    public void The_hash_follows_what_decides_an_outcome_and_nothing_else()
    {
        Problem[] problems = [new("a", "p", "1")];
        var suite = Suite.FromArms("direct,cot") with { Temperature = 1 };
        var hash = suite.Hash(problems);

        Assert.Equal(hash, (suite with { Samples = 5, Baseline = "cot", Name = "other" }).Hash(problems));
        Assert.NotEqual(hash, (suite with { Seed = 1 }).Hash(problems));
        Assert.NotEqual(hash, (suite with { Temperature = 0.5f }).Hash(problems));
        Assert.NotEqual(hash, (suite with { Budget = suite.Budget with { Positions = 1 } }).Hash(problems));
        Assert.NotEqual(hash, Suite.FromArms("cot,direct").Hash(problems));
        Assert.NotEqual(hash, suite.Hash([new("a", "p", "2")]));
    }

    private static Suite Parse(string yaml) => SuiteFile.Parse(new StringReader(yaml), "s.yaml");

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(10_000_001, 1)]
    [InlineData(101, 100_000)]
    public void More_units_than_a_run_can_hold_are_refused_however_large_the_numbers(int problems, int samples)
    {
        var suite = Suite.FromArms("direct") with { Samples = samples };

        var refused = Assert.Throws<ArgumentException>(() => suite.PlannedUnits(problems));

        Assert.Contains("Lower samples or take", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Suite.MostUnits, (suite with { Samples = 1 }).PlannedUnits(Suite.MostUnits));
    }
}
