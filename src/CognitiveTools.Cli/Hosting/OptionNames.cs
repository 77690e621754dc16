using System.Text.RegularExpressions;
using CognitiveTools.Cli.Configuration;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Cli.Hosting;

/// <summary>Names a wrong setting by the option of the command line that gave its value, where one did.</summary>
internal sealed partial class OptionNames(ModelChoice choice, ResolvedModel? model)
{
    /// <summary>A message that begins with the key of a setting, with the option's name in place of the key.</summary>
    public string In(string message) => Key().Replace(message, key => NameOf(key.Value), 1);

    private string NameOf(string key) => key switch
    {
        "CognitiveTools:Profile" or "CognitiveTools:PromptsFolder" when choice.Profile is not null => "--profile",
        "Llama:ChatTemplate" when choice.ChatTemplate is not null => "--chat-template",
        "Llama:ThoughtFormat" when model?.Change.ThoughtFormat is not null => "+thoughts",
        _ => SettingTable.NameOf(key),
    };

    [GeneratedRegex(@"\A[A-Za-z]+:[A-Za-z]+", RegexOptions.NonBacktracking)]
    private static partial Regex Key();
}
