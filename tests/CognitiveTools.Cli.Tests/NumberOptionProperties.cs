using System.CommandLine;
using System.Globalization;

namespace CognitiveTools.Cli.Tests;

/// <summary>
/// What holds for every number option of a command line: one form, a stated range, and a message that names the option. The program
/// of the toolkit and that of the laboratory derive from this.
/// </summary>
public abstract class NumberOptionProperties<TProgram>
    where TProgram : ICommandLine
{
    private static readonly Type[] Floating = [typeof(double), typeof(float), typeof(decimal)];

    // Seeds take every number of their type; other options do not.
    private static readonly string[] Seeds = ["--seed", "--shuffle"];

#pragma warning disable CA1000 // xUnit reads theory data from static members
    /// <summary>Every command line with an option that takes a fraction; all arguments and required options are given.</summary>
    public static TheoryData<string, string> FloatingOptions => [.. Options(TProgram.Create(), "", IsFloating)];

    /// <summary>Every option that takes numbers, on the command line it belongs to.</summary>
    public static TheoryData<string, string> AllOptions => [.. Options(TProgram.Create(), "", NumberOptions.TakesNumbers)];
#pragma warning restore CA1000

    [Fact]
    public void The_options_with_numbers_are_found()
    {
        Assert.True(AllOptions.Count >= TProgram.LeastNumberOptions);
        Assert.True(FloatingOptions.Count >= TProgram.LeastFractionOptions);
    }

    [Theory]
    [MemberData(nameof(AllOptions))]
    public async Task A_number_beyond_every_type_is_refused_with_the_option_and_its_range(string line, string option)
    {
        var range = NumberOptions.RangeOf(Find(line, option))!.Text;
        foreach (var value in (string[])["99999999999999999999999999999", "-99999999999999999999999999999"])
        {
            var error = await RefusedAsync([.. line.Split(' '), option, value]);

            Assert.Contains($"{option} is ", error, StringComparison.Ordinal);
            Assert.Contains($"; it must be {range}.", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(AllOptions))]
    public void Zero_negative_and_huge_numbers_are_refused_or_in_the_stated_range(string line, string option)
    {
        var range = NumberOptions.RangeOf(Find(line, option))!;
        foreach (var value in (string[])["0", "-1", "-2147483648", "2147483647", "2147483648", "9223372036854775807"])
        {
            var errors = TProgram.Create().Parse([.. line.Split(' '), option, value]).Errors
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
        var range = NumberOptions.RangeOf(Find(line, option))!;

        Assert.Equal(Seeds.Contains(option), range.Contains(most.ToString(CultureInfo.InvariantCulture)));
    }

    [Theory]
    [MemberData(nameof(FloatingOptions))]
    public async Task A_decimal_comma_is_refused_with_the_option_and_the_form(string line, string option)
    {
        var error = await RefusedAsync([.. line.Split(' '), option, "0,5"]);

        Assert.Contains($"{option} is '0,5'; write a number with a decimal point, as in 0.5", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(FloatingOptions))]
    public async Task What_is_not_a_finite_number_is_refused_with_the_option(string line, string option)
    {
        foreach (var value in (string[])["1,000", "1.000,5", "NaN", "Infinity", "1e400", "x", "(5)", "$5"])
        {
            var error = await RefusedAsync([.. line.Split(' '), option, value]);

            Assert.Contains($"{option} is '{value}'", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(FloatingOptions))]
    public void A_decimal_point_is_read_as_one(string line, string option)
    {
        var parse = TProgram.Create().Parse([.. line.Split(' '), option, "0.5"]);

        Assert.DoesNotContain(parse.Errors, error => error.Message.Contains(option, StringComparison.Ordinal));
        var found = parse.CommandResult.Command.Options.Single(o => o.Name == option);
        var value = parse.GetResult(found)!.GetValueOrDefault<object>();
        Assert.Equal(0.5, Convert.ToDouble(value, CultureInfo.InvariantCulture));
    }

    /// <summary>Runs the program and expects that it refuses its input.</summary>
    /// <returns>What it wrote to standard error.</returns>
    protected static async Task<string> RefusedAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, Error = error };
        var program = (ProgramCommand)TProgram.Create();
        Assert.Equal(ExitCodes.BadInput, await program.RunAsync(arguments, configuration, TestContext.Current.CancellationToken));
        return error.ToString();
    }

    private static bool IsFloating(Option option) =>
        Floating.Contains(Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType);

    private static Option Find(string line, string option) =>
        TProgram.Create().Parse(line.Split(' ')).CommandResult.Command.Options.Single(o => o.Name == option);

    // A file that is read must be there.
    private static string ValueOf(Option option) => option.ValueType == typeof(FileInfo) && option.Name != "--out"
        ? Path.GetRelativePath(Environment.CurrentDirectory, typeof(TProgram).Assembly.Location)
        : "1";

    private static IEnumerable<TheoryDataRow<string, string>> Options(Command command, string path, Func<Option, bool> isMeant)
    {
        string[] needed =
        [
            .. command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0).Select(_ => "x"),
            .. command.Options.Where(option => option.Required).SelectMany(option => new[] { option.Name, ValueOf(option) }),
        ];
        foreach (var option in command.Options.Where(isMeant))
            yield return new(string.Join(' ', [path, .. needed]), option.Name);
        foreach (var row in command.Subcommands.SelectMany(sub => Options(sub, $"{path} {sub.Name}".Trim(), isMeant)))
            yield return row;
    }
}
