using CognitiveTools.Prompts;
using CognitiveTools.Tools;

namespace CognitiveTools.Tests.Tools;

public sealed class ToolCatalogTests
{
    private const string Valid =
        "name: summarise\ndescription: Sums up.\nprompt: summarise\nparameters:\n  text:\n    description: The text.\n";

    [Fact]
    public void A_profile_with_tools_of_its_own_brings_them_and_every_one_fits_its_prompts()
    {
        var tools = ToolCatalog.Embedded("mini");

        Assert.Equal(ToolCatalog.Embedded().Tools.Select(tool => tool.Name), tools.Tools.Select(tool => tool.Name));
        Assert.NotEqual(ToolCatalog.Embedded().Hash, tools.Hash);
        Assert.Equal(ToolCatalog.Embedded().Hash, ToolCatalog.Embedded("default").Hash);
        foreach (var tool in tools.Tools)
            ToolCatalog.Check(tool, PromptProfile.Embedded("mini"));
    }

    [Fact]
    public void The_four_tools_ship_and_fit_the_prompts_of_the_default_profile()
    {
        var catalog = ToolCatalog.Embedded();
        Assert.Equal(["backtracking", "examine_answer", "recall_related", "understand_question"], catalog.Tools.Select(t => t.Name));
        foreach (var tool in catalog.Tools)
            ToolCatalog.Check(tool, PromptProfile.Embedded());
    }

    [Fact]
    public void A_tool_is_read_with_all_it_says()
    {
        var tool = ToolCatalog.Embedded().Find("examine_answer")!;
        Assert.Equal(["question", "current_proposed_answer", "current_reasoning"], tool.Parameters.Select(p => p.Name));
        Assert.Equal([true, false, false], tool.Parameters.Select(p => p.IsQuestion));
        Assert.Equal([true, true, false], tool.Parameters.Select(p => p.IsRequired));
        Assert.Equal(["Understanding", "Check", "Problems", "Verdict"], tool.Output.Sections);
        Assert.Equal(["correct", "incorrect"], tool.Output.Verdict!.Values);
        Assert.True(tool.Output.MustNotAnswer);
        Assert.Equal((768, TimeSpan.FromMinutes(5), 12_000, 5_000, null), (tool.Limits.MaxOutputTokens, tool.Limits.Timeout,
            tool.Limits.MaxInputCharacters, tool.Limits.MaxOutputCharacters, tool.Limits.Temperature));
        Assert.Equal(
            """{"type":"object","properties":{"question":{"type":"string","description":"The problem, word for word."}"""
                + ""","current_proposed_answer":{"type":"string","description":"The answer to check."},"current_reasoning":"""
                + """{"type":"string","description":"The reasoning that led to it."}},"required":"""
                + """["question","current_proposed_answer"],"additionalProperties":false}""",
            tool.Schema.GetRawText());
    }

    [Fact]
    public void A_fifth_tool_needs_only_a_yaml_file_and_a_prompt_in_a_folder()
    {
        using var folder = new TemporaryFolder();
        folder.Write("summarise.yaml", Valid);
        folder.Write("summarise.md", "<<system>>\nSum up.\n<<user>>\n{{text}}");

        var catalog = ToolCatalog.Embedded().Extend(folder.Path);
        var profile = PromptProfile.Embedded().Extend(folder.Path);

        Assert.Equal(5, catalog.Tools.Count);
        ToolCatalog.Check(catalog.Find("summarise")!, profile);
        Assert.NotEqual(ToolCatalog.Embedded().Hash, catalog.Hash);
        Assert.NotEqual(PromptProfile.Embedded().Hash, profile.Hash);
    }

    [Theory]
    [InlineData("summarise.yaml", "name: summarise\ndescripton: x\n", "summarise.yaml:2: descripton: is not a key of tool")]
    [InlineData("summarise.yaml", "name: summarise\n", "description: is missing")]
    [InlineData("summarise.yaml", "name: Sum Up\n", "summarise.yaml:1: name: 'Sum Up' must begin with a lower-case letter")]
    [InlineData("other.yaml", Valid, "name: 'summarise' must be the file's name")]
    [InlineData("summarise.yaml", Valid + "    type: date\n", "summarise.yaml:7: type: 'date' is not one of")]
    [InlineData("summarise.yaml", Valid + "    bind: answer\n", "bind: 'answer' is not one of: question")]
    [InlineData("summarise.yaml", Valid + "limits:\n  maxOutputTokens: none\n",
        "summarise.yaml:8: maxOutputTokens: 'none' is not a whole number")]
    [InlineData("summarise.yaml", Valid + "output:\n  sections: Concepts\n", "sections: must be a list")]
    [InlineData("summarise.yaml", Valid + "output:\n  mustNotAnswer: perhaps\n", "mustNotAnswer: 'perhaps' is neither true nor false")]
    [InlineData("summarise.yaml", Valid + "output:\n  verdict:\n    label: V\n", "values: is missing")]
    [InlineData("summarise.yaml", "name: [", "not valid YAML")]
    [InlineData("summarise.yaml", "- a\n- b\n", "one YAML mapping")]
    public void A_wrong_file_is_refused_with_file_line_and_key(string file, string content, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write(file, content);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => ToolCatalog.Load(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<<system>>\n{{text}}", "exactly these messages")]
    [InlineData("<<user>>\n{{text}}\n<<assistant>>\nx\n<<user>>\ny", "exactly these messages")]
    [InlineData("<<system>>\nx\n<<user>>\n{{text}} {{other}}", "{other, text}")]
    [InlineData("<<system>>\nx\n<<user>>\nnothing", "Make them the same")]
    public void A_prompt_that_does_not_fit_the_tool_is_refused(string prompt, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("summarise.yaml", Valid);
        folder.Write("summarise.md", prompt);
        var tool = ToolCatalog.Load(folder.Path).Find("summarise")!;
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(
            () => ToolCatalog.Check(tool, PromptProfile.Load(folder.Path))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_tool_is_refused_with_those_known() =>
        Assert.Contains("recall_related", Assert.Throws<ArgumentException>(() => ToolCatalog.Embedded().Select(["nope"])).Message,
            StringComparison.Ordinal);
}
