using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Files;
using CognitiveTools.Reasoners;
using YamlDotNet.RepresentationModel;

namespace CognitiveTools.Evals.Suites;

/// <summary>Reads suites from YAML. Every key is checked; an unknown one is an error that lists the known ones.</summary>
public static class SuiteFile
{
    private const string What = "suite";

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file cannot be used; the message names file, line and key.</exception>
    public static Suite Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no suite file '{path}'.", path);
        var suite = Parse(YamlMap.ReadFile(path, What), path);
        return suite.Problems is { } problems
            ? suite with { Problems = ProblemNames.From(Path.GetDirectoryName(Path.GetFullPath(path))!, problems) }
            : suite;
    }

    /// <summary>Reads a suite from text.</summary>
    /// <param name="reader">The YAML.</param>
    /// <param name="file">File name for messages, and the suite's name when the text does not give one.</param>
    /// <exception cref="InvalidDataException">The text cannot be used; the message names file, line and key.</exception>
    public static Suite Parse(TextReader reader, string file)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Parse(YamlMap.Read(reader.ReadToEnd(), file, What), file);
    }

    private static Suite Parse(YamlMap root, string file)
    {
        root.Allow(
            "name", "description", "model", "problems", "skip", "take", "shuffle", "samples", "temperature", "seed", "answers", "budget",
            "baseline", "arms", "published");
        var arms = Arms(root);
        var suite = new Suite(root.Text("name") ?? Path.GetFileNameWithoutExtension(file), arms)
        {
            Model = root.Text("model"),
            Problems = root.Text("problems"),
            Skip = root.Whole("skip", 0, Suite.MostUnits) ?? 0,
            Take = root.Whole("take", 1, Suite.MostUnits),
            Shuffle = root.Whole("shuffle", int.MinValue),
            Samples = root.Whole("samples", 1) ?? 1,
            Temperature = (float?)root.NumberOrNone("temperature", 0, Suite.MostTemperature),
            Seed = root.Whole("seed", int.MinValue) ?? 0,
            Answers = Answers(root),
            Budget = ReadBudget(root),
            Baseline = root.Text("baseline"),
            Published = PublishedReader.Read(root, arms),
        };
        try
        {
            suite.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{file}: {exception.Message}", exception);
        }

        return suite;
    }

    private static IAnswerKind Answers(YamlMap root)
    {
        try
        {
            return AnswerKinds.Find(root.Text("answers") ?? AnswerKinds.Integer.Name);
        }
        catch (ArgumentException exception)
        {
            throw root.Wrong("answers", exception.Message);
        }
    }

    private static Budget ReadBudget(YamlMap root)
    {
        if (root.Map("budget") is not { } budget)
            return Budget.Default;
        budget.Allow("positions", "tokensPerTurn", "thoughtTokens", "toolCalls", "callsPerTool", "wallTimeSeconds");
        return new Budget
        {
            Positions = budget.Whole("positions", 1, Budget.MostOfALimit) ?? Budget.Default.Positions,
            TokensPerTurn = budget.Whole("tokensPerTurn", 1, Budget.MostOfALimit) ?? Budget.Default.TokensPerTurn,
            ThoughtTokens = budget.Whole("thoughtTokens", 0, Budget.MostOfALimit) ?? Budget.Default.ThoughtTokens,
            ToolCalls = budget.Whole("toolCalls", 0, Budget.MostOfALimit) ?? Budget.Default.ToolCalls,
            CallsPerTool = budget.Whole("callsPerTool", 0, Budget.MostOfALimit) ?? Budget.Default.CallsPerTool,
            WallTime = budget.Seconds("wallTimeSeconds", 0),
        };
    }

    private static IReadOnlyList<Arm> Arms(YamlMap root)
    {
        var items = root.Items("arms") ?? throw root.Wrong("arms", "is missing. List at least one arm, for instance [direct, cot].");
        var arms = items.Select(item => ReadArm(root, item)).ToArray();
        try
        {
            return ArmList.Link(arms);
        }
        catch (FormatException exception)
        {
            throw root.Wrong("arms", exception.Message);
        }
    }

    // An arm is a short form ("cot", "latent:steps=8/zeroed") or a mapping {name, reasoner, controlOf, model, optional}.
    private static Arm ReadArm(YamlMap root, YamlNode item)
    {
        switch (item)
        {
            case YamlScalarNode { Value: { Length: > 0 } text }:
                return new Arm(text, Spec(root, "arms", item, text));
            case YamlMappingNode mapping:
                var map = new YamlMap(mapping, root.File, "arms");
                map.Allow("name", "reasoner", "controlOf", "model", "optional");
                var reasoner = map.Text("reasoner")
                    ?? throw map.Wrong("reasoner", "is missing. Write for instance 'cot' or 'latent:rule=soft,steps=8'.");
                var spec = Spec(map, "reasoner", item, reasoner);
                return new Arm(map.Text("name") ?? reasoner, spec, map.Text("controlOf"), map.Text("model"))
                {
                    IsOptional = map.Flag("optional") ?? false,
                };
            default:
                throw root.WrongAt(item, "arms", "an arm is a text or a mapping with 'name' and 'reasoner'.");
        }
    }

    private static ReasonerSpec Spec(YamlMap map, string key, YamlNode node, string text)
    {
        try
        {
            return ReasonerSpec.Parse(text);
        }
        catch (FormatException exception)
        {
            throw map.WrongAt(node, key, exception.Message);
        }
    }
}
