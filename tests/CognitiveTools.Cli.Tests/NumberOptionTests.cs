using System.CommandLine;
using CognitiveTools.Evals.Suites;

namespace CognitiveTools.Cli.Tests;

/// <summary>Numbers of options: one form, a stated range, and a message that names the option.</summary>
public sealed class NumberOptionTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private static readonly Type[] Floating = [typeof(double), typeof(float), typeof(decimal)];

    /// <summary>Every command line with an option that takes a fraction; all arguments and required options are given.</summary>
    public static TheoryData<string, string> FloatingOptions => [.. Options(CogtoolsCommand.Create(), "", IsFloating)];

    [Fact]
    public void The_options_with_fractions_are_found() => Assert.True(FloatingOptions.Skip(5).Any());

    /// <summary>Every option that takes numbers, on the command line it belongs to.</summary>
    public static TheoryData<string, string> AllOptions => [.. Options(CogtoolsCommand.Create(), "", NumberOptions.TakesNumbers)];

    /// <summary>Seeds take every number of their type; no other option does.</summary>
    private static readonly string[] Seeds = ["--seed", "--shuffle"];

    [Fact]
    public void The_options_with_numbers_are_found() => Assert.True(AllOptions.Skip(25).Any());

    [Theory]
    [MemberData(nameof(AllOptions))]
    public async Task A_number_beyond_every_type_is_refused_with_the_option_and_its_range(string line, string option)
    {
        var range = NumberOptions.RangeOf(Find(line, option))!.Text;
        foreach (var value in (string[])["99999999999999999999999999999", "-99999999999999999999999999999"])
        {
            var run = await CommandRun.OfAsync([.. line.Split(' '), option, value]);

            Assert.Equal(ExitCodes.BadInput, run.ExitCode);
            Assert.Contains($"{option} is ", run.Error, StringComparison.Ordinal);
            Assert.Contains($"; it must be {range}.", run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(AllOptions))]
    public void Zero_negative_and_huge_numbers_are_refused_or_in_the_stated_range(string line, string option)
    {
        var range = NumberOptions.RangeOf(Find(line, option))!;
        foreach (var value in (string[])["0", "-1", "-2147483648", "2147483647", "2147483648", "9223372036854775807"])
        {
            var errors = CogtoolsCommand.Create().Parse([.. line.Split(' '), option, value]).Errors
                .Where(error => error.Message.StartsWith($"{option} is ", StringComparison.Ordinal));

            if (range.Contains(value) == true)
                Assert.Empty(errors);
            else
                Assert.Contains(errors, error => error.Message.EndsWith($"; it must be {range.Text}.", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(AllOptions))]
    public void Only_seeds_take_the_largest_number_of_their_type(string line, string option)
    {
        var type = Find(line, option).ValueType;
        var most = type == typeof(long?) || type == typeof(long) ? long.MaxValue : int.MaxValue;

        Assert.Equal(
            Seeds.Contains(option),
            NumberOptions.RangeOf(Find(line, option))!.Contains(most.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void An_option_with_a_number_and_no_range_is_refused_when_the_command_line_is_made()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => NumberOptions.UseOneForm(new Command("x") { new Option<int?>("--bare") }));
        Assert.Contains("--bare takes a number and states no range", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(FloatingOptions))]
    public async Task A_decimal_comma_is_refused_with_the_option_and_the_form(string line, string option)
    {
        var run = await CommandRun.OfAsync([.. line.Split(' '), option, "0,5"]);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains($"{option} is '0,5'; write a number with a decimal point, as in 0.5", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(FloatingOptions))]
    public async Task What_is_not_a_finite_number_is_refused_with_the_option(string line, string option)
    {
        foreach (var value in (string[])["1,000", "1.000,5", "NaN", "Infinity", "1e400", "x", "(5)", "$5"])
        {
            var run = await CommandRun.OfAsync([.. line.Split(' '), option, value]);

            Assert.Equal(ExitCodes.BadInput, run.ExitCode);
            Assert.Contains($"{option} is '{value}'", run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(FloatingOptions))]
    public void A_decimal_point_is_read_as_one(string line, string option)
    {
        var parse = CogtoolsCommand.Create().Parse([.. line.Split(' '), option, "0.5"]);

        Assert.DoesNotContain(parse.Errors, error => error.Message.Contains(option, StringComparison.Ordinal));
        var found = parse.CommandResult.Command.Options.Single(o => o.Name == option);
        Assert.Equal(
            0.5, Convert.ToDouble(parse.GetResult(found)!.GetValueOrDefault<object>(), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("ask x --temperature -1", "--temperature is -1; it must be a number from 0 to 100.")]
    [InlineData("ask x --temperature 1e30", "--temperature is 1E+30; it must be a number from 0 to 100.")]
    [InlineData("eval --temperature -0.5", "--temperature is -0.5; it must be a number from 0 to 100.")]
    [InlineData("ask x --threads 0", "--threads is 0; it must be a whole number from 1 to 1,024.")]
    [InlineData("ask x --context 1", "--context is 1; it must be a whole number from 16 to")]
    [InlineData("ask x --context 99999999", "--context is 99999999; it must be")]
    [InlineData("ask x --gpu-layers -7", "--gpu-layers is -7; it must be a whole number from -1 to")]
    [InlineData("ask x --steps 2147483647", "--steps is 2147483647; it must be")]
    [InlineData("eval --samples 2147483647", "--samples is 2147483647; it must be a whole number from 1 to 100,000.")]
    [InlineData("eval --samples 0", "--samples is 0")]
    [InlineData("eval --take 2147483647", "--take is 2147483647; it must be")]
    [InlineData("eval --concurrency 2147483647", "--concurrency is 2147483647; it must be")]
    [InlineData("ask x --positions 2147483647", "--positions is 2147483647; it must be a whole number from 1 to 1,000,000,000.")]
    [InlineData("ask x --max-tokens 99999999999", "--max-tokens is 99999999999; it must be a whole number from 1 to 1,000,000,000.")]
    [InlineData("ask x --timeout 0", "--timeout is 0; it must be a number from 0.001 to 1,000,000.")]
    [InlineData("eval --session-positions 0", "--session-positions is 0; it must be")]
    [InlineData("eval --session-positions 9223372036854775807", "--session-positions is 9223372036854775807; it must be")]
    [InlineData("eval --session-minutes -1", "--session-minutes is -1; it must be")]
    [InlineData("eval --max-error-share 1.5", "--max-error-share is 1.5; it must be a number from 0 to 1.")]
    [InlineData("run report x --transcripts -1", "--transcripts is -1; it must be")]
    [InlineData("run replay x --sample -1", "--sample is -1; it must be")]
    [InlineData("serve --port 65536", "--port is 65536; it must be")]
    public async Task A_number_out_of_range_is_refused_before_any_work_with_the_option(string line, string message)
    {
        var run = await CommandRun.OfAsync(line.Split(' '));

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_of_a_suite_file_have_the_same_range_as_the_option()
    {
        var suite = files.PathOf("samples.yaml");
        await File.WriteAllTextAsync(
            suite,
            $"problems: {files.Problems}\ntemperature: 1\nsamples: 2147483647\narms: [direct]\n",
            TestContext.Current.CancellationToken);

        var run = await CommandRun.OfAsync("eval", "--suite", suite, "-m", files.Model);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("samples is 2147483647; it must be at least 1 and at most 100,000", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_units_than_a_run_can_hold_are_refused_before_a_model_is_loaded(bool dry)
    {
        var suite = files.PathOf("units.yaml");
        var arms = string.Join(", ", Enumerable.Range(0, 40).Select(i => $"{{name: a{i}, reasoner: direct}}"));
        await File.WriteAllTextAsync(
            suite,
            $"problems: {files.Problems}\ntemperature: 1\nsamples: {Suite.MostSamples}\narms: [{arms}]\n",
            TestContext.Current.CancellationToken);

        var run = await CommandRun.OfAsync(
            ["eval", "--suite", suite, "-m", files.Model, "--run", files.PathOf("never"), .. dry ? ["--dry-run"] : Array.Empty<string>()]);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("are 12,000,000 units; a run has at most 10,000,000. Lower samples or take.", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(files.PathOf("never")));
    }

    private static bool IsFloating(Option option) => Floating.Contains(Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType);

    private static Option Find(string line, string option) =>
        CogtoolsCommand.Create().Parse(line.Split(' ')).CommandResult.Command.Options.Single(o => o.Name == option);

    private static IEnumerable<TheoryDataRow<string, string>> Options(Command command, string path, Func<Option, bool> isMeant)
    {
        string[] needed =
        [
            .. command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0).Select(_ => "x"),
            .. command.Options.Where(option => option.Required).SelectMany(option => new[] { option.Name, "1" }),
        ];
        foreach (var option in command.Options.Where(isMeant))
            yield return new(string.Join(' ', [path, .. needed]), option.Name);
        foreach (var row in command.Subcommands.SelectMany(sub => Options(sub, $"{path} {sub.Name}".Trim(), isMeant)))
            yield return row;
    }
}
