using System.Globalization;
using System.Text.Json.Serialization;
using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Identity;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Suites;

/// <summary>A comparison: which arms, on which problems, how often, at what budget.</summary>
/// <param name="Name">Name for people and for the run's directory.</param>
/// <param name="Arms">The arms in the order of the table.</param>
public sealed record Suite(string Name, [property: JsonPropertyOrder(1)] IReadOnlyList<Arm> Arms)
{
    /// <summary>The most units (problems x arms x samples) that a run plans.</summary>
    public const int MostUnits = 10_000_000;

    /// <summary>The most samples per problem and arm.</summary>
    public const int MostSamples = 100_000;

    /// <summary>The highest sampling temperature; every token is about equally likely at it.</summary>
    public const float MostTemperature = 100;

    private readonly int? _answersVersion;

    /// <summary>
    /// The model of every arm without a model of its own, as the host knows it; <see langword="null"/> for the host's default.
    /// </summary>
    [JsonIgnore]
    public string? Model { get; init; }

    /// <summary>
    /// The problem file or the name of an imported set, or several of both joined by <c>+</c>; a relative path in a suite file counts
    /// from that file. The host reads them.
    /// </summary>
    public string? Problems { get; init; }

    /// <summary>Problems to skip.</summary>
    /// <value>The default is 0.</value>
    public int Skip { get; init; }

    /// <summary>Problems to use; <see langword="null"/> uses all.</summary>
    public int? Take { get; init; }

    /// <summary>Seed that shuffles the problems before skipping and taking; <see langword="null"/> keeps the file's order.</summary>
    public int? Shuffle { get; init; }

    /// <summary>Samples per problem and arm.</summary>
    /// <value>The default is 1.</value>
    public int Samples { get; init; } = 1;

    /// <summary>
    /// Sampling temperature; 0 is greedy. <see langword="null"/> leaves it to the model (<see cref="SolveOptions.Temperature"/>).
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public float? Temperature { get; init; }

    /// <summary>The temperature for people.</summary>
    [JsonIgnore]
    internal string TemperatureText => Temperature?.ToString(CultureInfo.InvariantCulture) ?? "left to the model";

    /// <summary>Seed of the whole comparison; every unit's seed derives from it.</summary>
    /// <value>The default is 0.</value>
    public int Seed { get; init; }

    /// <summary>How answers are read and compared.</summary>
    /// <value>The default is strict integers.</value>
    [JsonConverter(typeof(AnswerKindConverter))]
    public IAnswerKind Answers { get; init; } = AnswerKinds.Integer;

    /// <summary>Version of the answer kind's rules; of a stored run, the version that it was read with.</summary>
    [JsonInclude]
    internal int AnswersVersion { get => _answersVersion ?? Answers.Version; init => _answersVersion = value; }

    /// <summary>What one unit may spend.</summary>
    public Budget Budget { get; init; } = Budget.Default;

    /// <summary>The arm others are compared with.</summary>
    /// <value>The default is the first arm that is not a control.</value>
    public string? Baseline { get; init; }

    /// <summary>
    /// What others published for these arms; <see langword="null"/> when nothing is to be shown beside the run's figures.
    /// </summary>
    [JsonInclude]
    internal IReadOnlyList<PublishedFigure>? Published { get; init; }

    /// <summary>The arm others are compared with, resolved.</summary>
    [JsonIgnore]
    public Arm BaselineArm =>
        Arms.FirstOrDefault(a => a.Name == Baseline) ?? Arms.FirstOrDefault(a => a.ControlOf is null) ?? Arms[0];

    /// <summary>A suite of arms in their short form, as the command line names them.</summary>
    /// <exception cref="FormatException">An arm cannot be read.</exception>
    public static Suite FromArms(string arms, string name = "arms") => new(name, ArmList.Parse(arms));

    /// <summary>The problems that this suite selects from a set.</summary>
    /// <exception cref="ArgumentException">Nothing is left.</exception>
    public ProblemSet Select(ProblemSet problems) => problems.Select(Skip, Take, Shuffle);

    /// <summary>
    /// Hash of everything that decides a unit's outcome on the given problems (lower-case hex). The number of samples and the
    /// baseline are not in it: more samples may be added to a run, and a table may be drawn against another arm.
    /// </summary>
    public string Hash(IEnumerable<Problem> problems)
    {
        string[] fields =
        [
            "v2",
            ProblemSet.Hash(problems),
            FormattableString.Invariant($"{Temperature:R} {Seed}"),
            FormattableString.Invariant($"{Answers.Name} {Answers.Version}"),
            $"{Budget}", // a record writes all its properties
        ];
        return FieldHash.Of([.. fields, .. Arms.SelectMany(arm => new[] { arm.Name, arm.Reasoner.ToString(), arm.Model ?? "" })]);
    }

    /// <summary>The units of a run: problems x arms x samples.</summary>
    /// <param name="problems">Problems selected.</param>
    /// <exception cref="ArgumentException">They are more than <see cref="MostUnits"/>.</exception>
    public int PlannedUnits(int problems)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(problems);
        var units = (Int128)problems * Arms.Count * Samples; // a product of three 32-bit numbers fits
        return units <= MostUnits ? (int)units : throw Invalid(
            $"{problems:N0} problems x {Arms.Count:N0} arms x {Samples:N0} samples are {units:N0} units; a run has at most {MostUnits:N0}.",
            " Lower samples or take.");
    }

    /// <summary>Refuses a suite that cannot be run.</summary>
    /// <exception cref="ArgumentException">The message says what is wrong.</exception>
    public void Validate()
    {
        if (Samples is < 1 or > MostSamples)
            throw Invalid($"samples is {Samples}; it must be at least 1 and at most {MostSamples:N0}.");
        if (Temperature is { } temperature and not (>= 0 and <= MostTemperature))
            throw Invalid($"temperature is {temperature}; it must lie between 0 and {MostTemperature}.");
        if (Samples > 1 && Temperature == 0)
            throw Invalid($"{Samples} samples at temperature 0 would all be the same. Set a temperature above 0 or samples to 1.");
        if (Baseline is not null && Arms.All(a => a.Name != Baseline))
            throw Invalid($"baseline '{Baseline}' is not an arm. Arms: {string.Join(", ", Arms.Select(a => a.Name))}.");
        if (BaselineArm.IsOptional)
            throw Invalid($"the baseline '{BaselineArm.Name}' is optional, but the others are compared with it.", " Remove optional.");
    }

    private ArgumentException Invalid(FormattableString what, string remedy = "") =>
        new($"Suite '{Name}': {what.ToString(CultureInfo.InvariantCulture)}{remedy}");
}
