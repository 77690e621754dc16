using CognitiveTools.Code;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Tools;

namespace CognitiveTools.Hosting;

/// <summary>Settings of a host, bound from the configuration section <c>CognitiveTools</c>.</summary>
public sealed class CognitiveToolsOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "CognitiveTools";

    /// <summary>The embedded prompt profile used where a reasoner names none.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Profile { get; set; } = "default";

    /// <summary>A folder of prompts to use instead of <see cref="Profile"/>.</summary>
    /// <value>The default is <see langword="null"/>: the embedded profile.</value>
    public string? PromptsFolder { get; set; }

    /// <summary>
    /// A folder of further tools: <c>NAME.yaml</c>, each with its prompt (<c>*.md</c>) in the same folder. A tool or prompt of the
    /// same name replaces the one there is.
    /// </summary>
    /// <value>The default is <see langword="null"/>: only the embedded tools.</value>
    public string? ToolsFolder { get; set; }

    /// <summary>
    /// Questions whose tool outputs the ablation <c>isolation=shuffled</c> hands over, and whose thoughts the control
    /// <c>transplanted</c> feeds; at least two with different texts.
    /// </summary>
    /// <value>The default is eight short word problems.</value>
    public IList<Question> Donors { get; } =
    [
        new("donor-1", "A crate holds 14 rows of 9 jars. Six jars are broken. How many jars are whole?"),
        new("donor-2", "What is the remainder when 7 to the power 5 is divided by 11?"),
        new("donor-3", "A train covers 156 kilometres in 3 hours. How far does it go in 5 hours at the same speed?"),
        new("donor-4", "How many positive divisors does 360 have?"),
        new("donor-5", "The sum of two numbers is 53 and their difference is 17. What is the larger number?"),
        new("donor-6", "A rectangle is 12 long and 5 wide. What is the square of its diagonal?"),
        new("donor-7", "In how many ways can 3 of 8 books be chosen, if the order does not matter?"),
        new("donor-8", "A tank loses a quarter of its 240 litres, then gains 35 litres. How many litres does it hold?"),
    ];

    /// <summary>
    /// Whether spans hold content: prompts, answers, arguments and outputs of tools. Readers of the telemetry then see
    /// what users asked.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RecordContent { get; set; }

    /// <param name="withCode">Whether the host has a sandbox; a profile without the prompt has no such tool all the same.</param>
    /// <param name="profile">An embedded profile to use instead of the host's own; <see langword="null"/> for the host's.</param>
    internal ToolCatalog LoadTools(bool withCode, string? profile = null)
    {
        var tools = ToolCatalog.Embedded(profile ?? (PromptsFolder is null ? Profile : null), withCode
            && LoadPrompts(profile).Has(ToolCatalog.CodeToolName));
        return ToolsFolder is null ? tools : tools.Extend(ToolsFolder);
    }

    /// <param name="profile">An embedded profile to use instead of the host's own; <see langword="null"/> for the host's.</param>
    internal PromptProfile LoadPrompts(string? profile = null)
    {
        var prompts = profile is null && PromptsFolder is not null ? PromptProfile.Load(PromptsFolder)
            : PromptProfile.Embedded(profile ?? Profile);
        return ToolsFolder is null ? prompts : prompts.Extend(ToolsFolder);
    }
}
