using System.Text.RegularExpressions;
using CognitiveTools.Files;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Tools;

/// <summary>Reads one tool from YAML; the keys are described in <c>tools/README.md</c>.</summary>
internal static partial class ToolFile
{
    private const string NameRule = "must begin with a lower-case letter and hold only lower-case letters, digits and underscores.";

    /// <exception cref="InvalidDataException">The text is not a tool; the message names file, line and key.</exception>
    public static CognitiveTool Parse(string text, string file)
    {
        var root = YamlMap.Read(text, file, "tool");
        root.Allow("name", "description", "prompt", "parameters", "runs", "output", "limits");
        var name = root.Required("name");
        if (!Name().IsMatch(name))
            throw root.Wrong("name", $"'{name}' {NameRule}");
        if (!name.Equals(Path.GetFileNameWithoutExtension(file), StringComparison.Ordinal))
            throw root.Wrong("name", $"'{name}' must be the file's name without extension.");
        var runs = root.Text("runs");
        if (runs is not null && !Language().IsMatch(runs))
            throw root.Wrong("runs", $"'{runs}' must be a language in lower case, for instance javascript or python.");
        return new CognitiveTool(name, root.Required("description"), root.Required("prompt"), Parameters(root))
        {
            Runs = runs,
            Output = Output(root.Map("output"), runsNothing: runs is null),
            Limits = Limits(root.Map("limits")),
        };
    }

    private static List<ToolParameter> Parameters(YamlMap root)
    {
        var parameters = root.Map("parameters") ?? throw root.Wrong("parameters", "is missing; a tool needs at least one.");
        var list = new List<ToolParameter>();
        foreach (var name in parameters.Keys)
        {
            if (!Name().IsMatch(name))
                throw parameters.Wrong(name, NameRule);
            var map = parameters.Map(name)!;
            map.Allow("description", "type", "default", "bind");
            var type = map.Text("type") ?? "string";
            if (type is not ("string" or "integer" or "number" or "boolean"))
                throw map.Wrong("type", $"'{type}' is not one of: string, integer, number, boolean.");
            if (map.Text("bind") is { } bind and not "question")
                throw map.Wrong("bind", $"'{bind}' is not one of: question.");
            list.Add(new ToolParameter(name, map.Required("description"))
            {
                Type = type,
                Default = map.Text("default"),
                IsQuestion = map.Text("bind") is not null,
            });
        }

        return list.Count > 0 ? list : throw root.Wrong("parameters", "is empty; a tool needs at least one.");
    }

    private static OutputContract Output(YamlMap? map, bool runsNothing)
    {
        if (map is null)
            return OutputContract.None with { RunsNothing = runsNothing };
        map.Allow("sections", "verdict", "mustNotAnswer", "runsNothing");
        var verdict = map.Map("verdict");
        verdict?.Allow("label", "values");
        return new OutputContract
        {
            Sections = map.Texts("sections") ?? [],
            Verdict = verdict is null ? null : new VerdictLine(verdict.Required("label"), Values(verdict)),
            MustNotAnswer = map.Flag("mustNotAnswer") ?? false,
            RunsNothing = map.Flag("runsNothing") ?? runsNothing,
        };
    }

    private static IReadOnlyList<string> Values(YamlMap verdict) =>
    verdict.Texts("values") ?? throw verdict.Wrong("values", "is missing; list the values allowed.");

    private static CallLimits Limits(YamlMap? map)
    {
        var standard = new CallLimits();
        if (map is null)
            return standard;
        map.Allow("maxOutputTokens", "timeoutSeconds", "maxInputCharacters", "maxOutputCharacters", "temperature");
        return new CallLimits
        {
            MaxOutputTokens = map.Whole("maxOutputTokens", 1, Budget.MostOfALimit) ?? standard.MaxOutputTokens,
            Timeout = map.Seconds("timeoutSeconds", 0.001) ?? standard.Timeout,
            MaxInputCharacters = map.Whole("maxInputCharacters", 100, Budget.MostOfALimit) ?? standard.MaxInputCharacters,
            MaxOutputCharacters = map.Whole("maxOutputCharacters", 100, Budget.MostOfALimit) ?? standard.MaxOutputCharacters,
            Temperature = (float?)map.NumberOrNone("temperature", 0, float.MaxValue),
        };
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[a-z]+\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Language();
}
