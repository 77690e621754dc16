using System.Reflection;
using CognitiveTools.Cli.Configuration;
using CognitiveTools.Hosting;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.OpenAI.Endpoints;

namespace CognitiveTools.Cli.Tests.Configuration;

/// <summary>The table is complete, and the page says what it says.</summary>
public sealed class SettingTableTests
{
    private static readonly string[] PathWords =
        ["Path", "Folder", "Directory", "File", "Program", "Command", "Endpoint", "Key", "Arguments"];

    private static readonly string[] Labels = ["| key | default | current folder | meaning |", "|---|---|---|---|"];

    [Theory]
    [InlineData("Llama", typeof(LlamaModelOptions))]
    [InlineData("Llama", typeof(LlamaEngineOptions))]
    [InlineData("CognitiveTools", typeof(CognitiveToolsOptions))]
    [InlineData("OpenAI", typeof(OpenAICompatibleOptions))]
    public void Every_option_that_configuration_could_bind_is_classified(string section, Type options) =>
        Assert.All(
            options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => $"{section}:{property.Name}"),
            static key => Assert.True(
                SettingTable.All.Any(setting => setting.Key == key),
                $"{key} is not in SettingTable. Add it, and say what it can lead to."));

    [Fact]
    public void What_names_a_file_a_folder_a_program_or_an_address_is_not_harmless() =>
        Assert.DoesNotContain(SettingTable.All, static setting => setting.Reach == SettingReach.Plain
            && PathWords.Any(word => setting.Key.Contains(word, StringComparison.Ordinal)));

    [Fact]
    public void The_page_lists_every_setting_as_the_table_has_it()
    {
        var page = File.ReadAllLines(PagePath());
        var start = Array.IndexOf(page, Labels[0]);
        Assert.True(start >= 0, "docs/settings.md has no table with the heading: " + Labels[0]);
        var rows = page.Skip(start).TakeWhile(static line => line.StartsWith('|'));
        Assert.Equal([.. Labels, .. SettingTable.All.Select(Row)], rows);
    }

    private static string Row(Setting setting) => setting.Reach == SettingReach.AppsOnly
        ? $"| `{setting.Key}` | apps only | no | {setting.Meaning} |"
        : $"| `{setting.Key}` | {setting.Default} | {(setting.Reach == SettingReach.Plain ? "yes" : "no")} | {setting.Meaning} |";

    private static string PagePath()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "docs", "settings.md") is var page && File.Exists(page))
                return page;
        }

        throw new FileNotFoundException("docs/settings.md is in no parent folder; run the tests from a checkout.");
    }
}
